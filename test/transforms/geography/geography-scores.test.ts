import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import { PlacedName, type GeographyScore, type PlaceName } from '../../../src/schema/geography.ts'
import { Observation } from '../../../src/schema/observation.ts'
import { aggregateByCountry } from '../../../src/transforms/geography/aggregate-by-country.ts'
import { aggregateByPlace } from '../../../src/transforms/geography/aggregate-by-place.ts'
import { toSpeech } from '../../../src/transforms/speech/to-speech.ts'
import { transformBench } from '../cascade-frames.ts'
import { BEFORE, said, SPEECH_WINDOW, type SightingJson } from '../speech-frames.ts'

const LONDON = { latitude: 51.5074, longitude: -0.1278 }
const inPlace = said('ways', { place_country: 'FR', author_location: 'Lyon' })

const RECORDS: readonly SightingJson[] = [
  said('ways', { ...LONDON, place_country: 'FR', author_location: 'Tokyo', author_id: 'one', sentiment: 1 }),
  // A second sighting of one tweet, which knows less.
  inPlace,
  { ...inPlace, place_country: null },
  said('ways', { author_location: ' London ', author_id: 'one', sentiment: 0 }),
  said('ways', { author_location: 'the moon' }),
  said('ways', { author_location: '  ', author_id: null, author_followers: null, sentiment: null }),
  said('zero', { latitude: -0.01, longitude: 0 }),
  said('zero', { tweeted_at: BEFORE, author_location: 'Narnia' }),
]

const COUNTRIES = new Map([
  ['51.5,-0.1', 'GB'],
  ['FR', 'FR'],
  ['London', 'GB'],
])

let places: readonly Row<typeof PlaceName>[]
let scores: ReadonlyMap<string, Row<typeof GeographyScore>>

beforeAll(async () => {
  await using bench = await transformBench()
  const records = await bench.frameOf(Observation, RECORDS)
  places = await records.transform(aggregateByPlace({ window: SPEECH_WINDOW, limit: 6 })).collect()
  const placed = places.flatMap(({ place_key, way, place }) => {
    const country = COUNTRIES.get(place ?? '')
    return place_key === null || way === null || country === undefined ? [] : [{ place_key, way, country }]
  })
  const rows = await records
    .transform(toSpeech(SPEECH_WINDOW))
    .transform(aggregateByCountry(bench.spark.createDataFrame(placed, PlacedName)))
    .collect()
  scores = new Map(rows.map((row) => [`${row.term} ${row.country}`, row]))
})

describe('the places of a window', () => {
  it('are coordinates in tenths of a degree, else a place’s country, else the profile’s location', () => {
    const found = places.map(({ way, place, sightings }) => `${way}: ${place}, ${sightings}`)
    expect(found.toSorted()).toEqual([
      'coordinates: 0.0,0.0, 1',
      'coordinates: 51.5,-0.1, 1',
      'location: London, 1',
      'location: Lyon, 1',
      'location: the moon, 1',
      'place: FR, 1',
    ])
  })

  it('have keys of their own', () => {
    expect(new Set(places.map(({ place_key }) => place_key)).size).toBe(6)
  })
})

describe('a country’s score', () => {
  it('says how its tweets were placed, and counts an author once', () => {
    expect(scores.get('ways GB')).toEqual({
      term: 'ways',
      country: 'GB',
      volume: 2n,
      share: 40,
      authors: 1n,
      by_coordinates: 1n,
      by_place: 0n,
      by_location: 1n,
      reach: 10n,
      sentiment: 0.5,
    })
  })

  it('takes of several sightings the one that says most', () => {
    expect(scores.get('ways FR')).toMatchObject({ volume: 1n, share: 20, by_place: 1n, by_location: 0n })
  })

  it('has a row for what is unknown, so that all shares are 100', () => {
    expect(scores.get('ways unknown')).toMatchObject({ volume: 2n, share: 40, authors: 1n, sentiment: 0.5 })
    expect(scores.get('zero unknown')).toMatchObject({ volume: 1n, share: 100 })
    expect(scores.size).toBe(4)
  })
})
