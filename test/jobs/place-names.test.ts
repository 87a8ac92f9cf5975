import { describe, expect, it } from '@jest/globals'

import { placeNames } from '../../src/jobs/place-names.ts'
import type { Location } from '../../src/store/locations.ts'

const named = (place_key: bigint, way: string, place: string) => ({ place_key, way, place, sightings: 1n })

async function* rows(...names: ReturnType<typeof named>[]) {
  yield* names
}

/** A store that remembers in this process. */
function memory() {
  const locations = new Map<string, Location>()
  const asked: string[] = []
  return {
    locations,
    asked,
    knownLocations: async (hashes: readonly string[], resolver: string) => {
      asked.push(...hashes)
      const found = hashes
        .flatMap((hash) => locations.get(hash) ?? [])
        .filter((known) => known.resolver === resolver)
      return new Map(found.map(({ location_hash, country }) => [location_hash, country]))
    },
    rememberLocations: async (found: readonly Location[]) => {
      for (const location of found) locations.set(location.location_hash, location)
    },
  }
}

describe('the countries of places', () => {
  it('come from coordinates, places and locations, and are left out where there is none', async () => {
    const store = memory()
    const names = [
      named(1n, 'coordinates', '51.5,-0.1'),
      named(2n, 'place', 'FR'),
      named(3n, 'location', 'Wien'),
      named(4n, 'location', 'the moon'),
      named(5n, 'place', '??'),
    ]
    expect(await placeNames(rows(...names), store)).toEqual([
      { place_key: 1n, way: 'coordinates', country: 'GB' },
      { place_key: 2n, way: 'place', country: 'FR' },
      { place_key: 3n, way: 'location', country: 'AT' },
    ])
    const kept = [...store.locations.values()].map(({ location, country }) => [location, country])
    expect(kept).toEqual([
      ['Wien', 'AT'],
      ['the moon', null],
    ])
  })

  it('are looked up once, and what the store says stands', async () => {
    const store = memory()
    await placeNames(rows(named(1n, 'location', 'Wien')), store)
    for (const [hash, location] of store.locations) store.locations.set(hash, { ...location, country: 'XK' })
    expect(await placeNames(rows(named(1n, 'location', 'Wien')), store)).toEqual([
      { place_key: 1n, way: 'location', country: 'XK' },
    ])
  })
})
