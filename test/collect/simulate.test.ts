import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { type SimulationOptions, simulateRecords } from '../../src/collect/sources/simulate.ts'

const HOUR_MS = 3_600_000
const startMs = Date.UTC(2018, 11, 9)
const options = { seed: 7, records: 20_000, startMs, endMs: startMs + 24 * HOUR_MS }
const stream = (changes: Partial<SimulationOptions> = {}) => [...simulateRecords({ ...options, ...changes })]
const digest = (changes: Partial<SimulationOptions> = {}): string => {
  const hash = createHash('sha256')
  for (const { data, arrivedAtMs } of stream(changes)) hash.update(`${arrivedAtMs} ${data}\n`)
  return hash.digest('hex')
}

const records = stream()
const soundRecords = records.filter((record) => record.fault === null)
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of the tests below checks just this
const parsed = (data: string) => JSON.parse(data) as Readonly<Record<string, string>>
const rows = soundRecords.filter((record) => !record.isRepeat).map(({ data }) => parsed(data))
const column = (name: string): readonly string[] => rows.map((row) => row[name] ?? '')
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN

/** How many rows there are of each value, the largest first. */
function sizes(values: readonly string[]): readonly number[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].toSorted((left, right) => right - left)
}

describe('a simulated stream', () => {
  it('is the same bytes for the same seed', () => {
    expect(digest({ records: 3_000 })).toBe(digest({ records: 3_000 }))
  })

  it('is another stream for another seed', () => {
    expect(digest({ records: 3_000, seed: 8 })).not.toBe(digest({ records: 3_000 }))
  })

  it('has exactly as many records as asked for', () => {
    expect(records).toHaveLength(20_000)
    expect(stream({ records: 0 })).toHaveLength(0)
    expect(stream({ records: 1 })).toHaveLength(1)
  })

  it('comes in the order of arrival', () => {
    const arrivals = records.map((record) => record.arrivedAtMs)
    expect(arrivals).toEqual(arrivals.toSorted((left, right) => left - right))
  })

  it('writes every value as a string, under the keys of the flat format', () => {
    expect(new Set(rows.flatMap((row) => Object.values(row).map((value) => typeof value)))).toEqual(
      new Set(['string']),
    )
    expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(FLAT_KEYS.toSorted())
    expect(new Set(column('rt_status_favorited'))).toEqual(new Set(['False']))
    expect(rows.every((row) => FLAT_TIME.test(row['status_created_at'] ?? ''))).toBe(true)
  })

  it('keeps every retweet between start and end, and after its root', () => {
    const misplaced = rows.filter((row) => {
      const atMs = Date.parse(row['status_created_at'] ?? '')
      const rootMs = Date.parse(row['rt_status_created_at'] ?? '')
      return !(atMs >= startMs && atMs < options.endMs && atMs >= rootMs)
    })
    expect(misplaced).toEqual([])
  })

  it('has cascade sizes with the tail of a power law', () => {
    const cascades = sizes(column('rt_status_id'))
    const atLeast = (size: number): number => cascades.filter((count) => count >= size).length
    // With exponent 2 the share of cascades that are ten times as large is a tenth.
    expect(atLeast(20) / atLeast(2)).toBeGreaterThan(0.05)
    expect(atLeast(20) / atLeast(2)).toBeLessThan(0.2)
    expect(cascades[0]).toBeGreaterThan(200)
  })

  it('has followers whose logarithms are symmetric around the median', () => {
    const followers = column('status_user_followers_count').filter((value) => value !== 'None')
    const logs = followers.map((value) => Math.log1p(Number(value)))
    const upper = quantile(logs, 0.95) - quantile(logs, 0.5)
    const lower = quantile(logs, 0.5) - quantile(logs, 0.05)
    expect(upper / lower).toBeGreaterThan(0.75)
    expect(upper / lower).toBeLessThan(1.5)
    expect(Math.exp(upper)).toBeGreaterThan(10)
  })

  it('is busier in the evening than before dawn', () => {
    const hours = column('status_created_at').map((at) => new Date(at).getUTCHours())
    const between = (from: number, to: number): number =>
      hours.filter((hour) => hour >= from && hour < to).length
    expect(between(17, 21)).toBeGreaterThan(2 * between(5, 9))
  })

  it('has the shares of repeats, broken and late records that it promises', () => {
    expect(records.filter((record) => record.isRepeat)).toHaveLength(400)
    expect(records.filter((record) => record.fault !== null)).toHaveLength(20)
    const late = records.filter((record) => record.isLate).length
    expect(late).toBeGreaterThan(60)
    expect(late).toBeLessThan(150)
  })

  it('repeats a record byte for byte', () => {
    const firstSightings = new Set(soundRecords.filter((record) => !record.isRepeat).map(({ data }) => data))
    const repeats = soundRecords.filter((record) => record.isRepeat)
    expect(repeats.every((record) => firstSightings.has(record.data))).toBe(true)
    expect(new Set(column('status_id')).size).toBe(rows.length)
  })

  it('breaks records in each of the three ways', () => {
    const broken = stream({ shares: { broken: 0.02 } }).filter((record) => record.fault !== null)
    expect(new Set(broken.map((record) => record.fault))).toEqual(new Set(['truncated', 'not json', 'no id']))
    for (const { fault, data } of broken) {
      expect(isJson(data)).toBe(fault === 'no id')
      expect(data).not.toContain('\n')
    }
  })

  it('knows the followers of most but not of all', () => {
    const unknown = column('status_user_followers_count').filter((value) => value === 'None').length
    expect(unknown / rows.length).toBeGreaterThan(0.005)
    expect(unknown / rows.length).toBeLessThan(0.1)
  })

  it('has counters that grow, and sometimes fall', () => {
    const root = mostRetweeted()
    const largest = rows
      .filter((row) => row['rt_status_id'] === root)
      .toSorted((left, right) => ((left['status_id'] ?? '') < (right['status_id'] ?? '') ? -1 : 1))
    const favourites = largest
      .map((row) => row['rt_status_favorite_count'] ?? '')
      .filter((value) => value !== 'None')
      .map(Number)
    const steps = favourites.slice(1).map((value, index) => value - (favourites[index] ?? 0))
    expect(steps.some((step) => step < 0)).toBe(true)
    expect(favourites.at(-1)).toBeGreaterThan(favourites[0] ?? Infinity)
  })

  it('has deep cascades, although few records name the parent', () => {
    const named = rows.filter((row) => row['status_parent_id'] !== 'None')
    expect(named.length / rows.length).toBeLessThan(0.4)
    expect(named.some((row) => row['status_parent_id'] !== row['rt_status_id'])).toBe(true)
    const parentOf = new Map(soundRecords.map(({ data, trueParentId }) => [idOf(data), trueParentId]))
    const depthOf = (id: string): number => {
      const parent = parentOf.get(id)
      return parent === undefined ? 0 : 1 + depthOf(parent)
    }
    expect(Math.max(...column('status_id').map(depthOf))).toBeGreaterThanOrEqual(4)
  })

  it('holds what breaks a careless splitter of concatenated JSON', () => {
    expect(column('rt_status_text').some((text) => text.includes('}{'))).toBe(true)
    expect(column('rt_status_text').some((text) => text.includes('\n'))).toBe(true)
  })

  it('cannot be made of half a record or of a time that runs backwards', () => {
    expect(() => stream({ records: 1.5 })).toThrow(/cannot simulate 1.5 records/)
    expect(() => stream({ endMs: startMs })).toThrow(/must end after its start/)
  })
})

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const idOf = (data: string): string => /"status_id":"(\d+)"/.exec(data)?.[1] ?? ''

function mostRetweeted(): string {
  const counts = Map.groupBy(column('rt_status_id'), (id) => id)
  return [...counts].toSorted((left, right) => right[1].length - left[1].length)[0]?.[0] ?? ''
}

const FLAT_TIME = /^(Sat|Sun|Mon) Dec (08|09|10) \d\d:\d\d:\d\d \+0000 2018$/
const FLAT_KEYS = `
  status_id status_created_at searched_names sentiment sentiment_score record_version status_user_id
  status_user_screen_name status_user_followers_count status_user_location status_text status_lang status_kind
  status_parent_id status_parent_user_id rt_status_id rt_status_created_at rt_status_text rt_status_favorited
  rt_status_retweeted rt_status_favorite_count rt_status_retweet_count rt_status_user_id rt_status_user_name
  rt_status_user_screen_name rt_status_user_profile_image rt_status_user_location
  rt_status_user_followers_count rt_status_user_friends_count rt_status_user_statuses_count
  rt_status_user_favourites_count rt_status_user_listed_count`
  .trim()
  .split(/\s+/)
