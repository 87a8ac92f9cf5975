import { describe, expect, it } from '@jest/globals'

import { simulateRecords } from '../../src/collect/sources/simulate.ts'

const startMs = Date.UTC(2018, 11, 9)
const endMs = startMs + 24 * 3_600_000
const records = [...simulateRecords({ seed: 7, records: 20_000, startMs, endMs, shares: { broken: 0 } })]
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- simulate.test.ts checks just this
const rows = records.map(({ data }) => JSON.parse(data) as Readonly<Record<string, string>>)
const column = (name: string) => rows.map((row) => row[name] ?? '')
/** Each root once, as one cascade in a thousand says what thousands of records say. */
const roots = [...new Map(rows.map((row) => [row['rt_status_id'], row])).values()]
const texts = roots.map((row) => row['rt_status_text'] ?? '')
const shareOf = (pattern: RegExp) => texts.filter((text) => pattern.test(text)).length / texts.length
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('what people say in a simulated stream', () => {
  it('has hashtags, mentions and links, but not everywhere', () => {
    for (const pattern of [/ #\p{L}/u, / @\w/, / https:\/\//]) {
      expect(shareOf(pattern)).toBeGreaterThan(0.1)
      expect(shareOf(pattern)).toBeLessThan(0.7)
    }
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(280)
  })

  it('leads to one domain more and more, to another less and less, and to a third for some hours', () => {
    const linksTo = (domain: string) => {
      const hours = roots
        .filter((row) => row['rt_status_text']?.includes(`https://${domain}/`))
        .map((row) => (Date.parse(row['rt_status_created_at'] ?? '') - startMs) / 3_600_000)
      const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length
      return [between(0, 8), between(8, 16), between(16, 24)] as const
    }
    const [early, , late] = linksTo('live.nightcast.example')
    expect(late).toBeGreaterThan(2 * early)
    const [first, , last] = linksTo('tickets.example')
    expect(first).toBeGreaterThan(last)
    const [before, then, after] = linksTo('www.skywatch.example')
    expect(then).toBeGreaterThan(2 * Math.max(before, after))
  })

  it('sounds sour of one theme and sweet of another, and is scored as it is labelled', () => {
    const scoresOf = (pattern: RegExp) =>
      roots
        .filter((row) => pattern.test(row['rt_status_text'] ?? ''))
        .map((row) => Number(row['sentiment_score']))
    expect(average(scoresOf(/#TicketChaos/))).toBeLessThan(-0.15)
    expect(average(scoresOf(/#LiveTonight/))).toBeGreaterThan(0.15)
    expect(new Set(column('sentiment'))).toEqual(new Set(['1', '0', '-1']))
    const label = (score: number) => (score >= 0.05 ? '1' : score <= -0.05 ? '-1' : '0')
    expect(column('sentiment_score').map((score) => label(Number(score)))).toEqual(column('sentiment'))
    expect(column('sentiment_score').every((score) => Math.abs(Number(score)) <= 1)).toBe(true)
  })

  it('is in several languages, each of whoever writes it', () => {
    const writers = Map.groupBy(roots, (row) => row['rt_status_user_id'])
    expect(
      [...writers.values()].every((own) => new Set(own.map((row) => row['status_lang'])).size === 1),
    ).toBe(true)
    expect(new Set(column('status_lang'))).toEqual(new Set(['en', 'de', 'fr', 'es', 'pt', 'ja', 'tr']))
  })

  it('holds the term, whatever it is', () => {
    const odd = '$& % "#" '
    const said = [...simulateRecords({ seed: 7, records: 50, startMs, endMs, terms: [odd] })]
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    const oddRows = said.map(({ data }) => JSON.parse(data) as Readonly<Record<string, string>>)
    expect(oddRows.every((row) => row['rt_status_text']?.includes(odd))).toBe(true)
  })
})
