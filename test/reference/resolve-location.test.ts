import { readFile } from 'node:fs/promises'

import { describe, expect, it } from '@jest/globals'

import { simulateRecords } from '../../src/collect/sources/simulate.ts'
import { countryAt } from '../../src/reference/country-at.ts'
import { resolveLocation } from '../../src/reference/resolve-location.ts'

type Place = readonly [location: string, country: string]

async function readPlaces(): Promise<readonly Place[]> {
  const text = await readFile(new URL('../fixtures/places.tsv', import.meta.url), 'utf8')
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [location = '', country = ''] = line.split('\t')
    return [location, country] as const
  })
}

/** Precision: of the countries found, how many are right. Recall: of the locations with a country, how many are found. */
function accuracyOf(places: readonly Place[]) {
  const found = places.map(([location, country]) => ({ country, found: resolveLocation(location) }))
  const right = found.filter((place) => place.found === place.country).length
  return {
    precision: right / found.filter((place) => place.found !== null).length,
    recall: right / found.filter((place) => place.country !== 'unknown').length,
  }
}

describe('the country of a location', () => {
  it('is as precise as docs/accuracy.md says, also on the half that the rules were not tuned on', async () => {
    const places = await readPlaces()
    expect(places.length).toBeGreaterThan(500)
    const halves = [0, 1].map((half) => accuracyOf(places.filter((_, index) => index % 2 === half)))
    for (const { precision, recall } of halves) {
      expect(precision).toBeGreaterThan(0.98)
      expect(recall).toBeGreaterThan(0.98)
    }
  })

  it.each([
    ['Cambridge', null], // of two that are alike in size neither is meant
    ['Georgia', null],
    ['CA', null],
    ['', null],
    ['\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', 'GB'],
    ['🇫🇷🇫🇷', 'FR'],
    ['🇿🇿', null],
    ['🇫🇷 living in Berlin', 'DE'], // where they are, not where they are from
    ['London, Ontario, Canada', 'CA'],
    ['99.5, 200.1', null],
    ['x'.repeat(255), null],
  ])('%j is %j', (location, country) => {
    expect(resolveLocation(location)).toBe(country)
  })
})

describe('the country of a point', () => {
  it.each([
    [51.5, -0.1, 'GB'],
    [18.4, -66.1, 'PR'],
    [42.7, 21.2, 'XK'],
    [0, -25, null],
    [Number.NaN, 0, null],
    [91, 0, null],
  ])('%d, %d is %j', (latitude, longitude, country) => {
    expect(countryAt({ latitude, longitude })).toBe(country)
  })
})

// Here, as nothing else may load all cities of the world a second time.
describe('where people live in a simulated stream', () => {
  const times = { startMs: Date.UTC(2018, 11, 9), endMs: Date.UTC(2018, 11, 10) }
  const records = [...simulateRecords({ seed: 7, records: 10_000, ...times, shares: { broken: 0 } })]
  const written = records.map(
    ({ data }) => /"status_user_location":"((?:[^"\\]|\\.)*)"/.exec(data)?.[1] ?? '',
  )
  const places = [...Map.groupBy(written, (text) => text)].map(([text, people]) => ({
    text,
    country: text === 'None' ? null : resolveLocation(text),
    share: people.length / records.length,
  }))
  const shareOf = (kept: typeof places) => kept.reduce((sum, { share }) => sum + share, 0)

  it('is a real place for most, nothing for some, and nonsense for a few', () => {
    expect(shareOf(places.filter(({ country }) => country !== null))).toBeCloseTo(0.58, 1)
    expect(shareOf(places.filter(({ text }) => text === 'None'))).toBeCloseTo(0.3, 1)
    expect(places.filter(({ text, country }) => country && /-?\d+\.\d+,/.test(text))).toHaveLength(2)
  })

  it('is in few countries for many', () => {
    const known = Map.groupBy(places, ({ country }) => country)
    known.delete(null)
    const largest = [...known.values()].map(shareOf).toSorted((a, b) => b - a)
    expect(largest.length).toBeGreaterThan(35)
    expect(largest.slice(0, 5).reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.2)
    expect(largest.at(-1)).toBeLessThan(0.01)
  })
})
