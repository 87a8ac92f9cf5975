import { createHash } from 'node:crypto'
import type { Row } from 'spark-connect-js'
import type { Point } from '../reference/country-at.ts'
import { RESOLVER } from '../reference/resolver.ts'
import type { PlacedName, PlaceName } from '../schema/geography.ts'
import type { Store } from '../store/store.ts'

/** Where locations are kept that were looked up before. */
export type LocationMemory = Pick<Store, 'knownLocations' | 'rememberLocations'>

type Named = Row<typeof PlaceName>
type Placed = Row<typeof PlacedName>

/** Rows in memory at a time, and hashes in one query. */
const BATCH = 5_000

/** Finds the countries of places; what is nowhere is left out. Locations that are new are resolved, and remembered. */
export async function placeNames(
  names: AsyncIterable<Named>,
  locations: LocationMemory,
): Promise<readonly Placed[]> {
  const placed: Placed[] = []
  for await (const batch of inBatches(names)) {
    const countries = await countriesOfLocations(batch, locations)
    const hasPoints = batch.some(({ way }) => way === 'coordinates')
    const countryAt = hasPoints ? await loadCountryAt() : () => null
    for (const name of batch) {
      const country = countryOf(name, { countries, countryAt })
      if (country !== null && name.place_key !== null && name.way !== null) {
        placed.push({ place_key: name.place_key, way: name.way, country })
      }
    }
  }
  return placed
}

async function* inBatches(names: AsyncIterable<Named>): AsyncGenerator<readonly Named[]> {
  let batch: Named[] = []
  for await (const name of names) {
    batch.push(name)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

interface Countries {
  /** By location. */
  readonly countries: ReadonlyMap<string, string | null>
  readonly countryAt: (point: Point) => string | null
}

function countryOf({ way, place }: Named, { countries, countryAt }: Countries): string | null {
  if (place === null) return null
  if (way === 'location') return countries.get(place) ?? null
  if (way === 'place') return /^[A-Z]{2}$/.test(place) ? place : null
  const [latitude, longitude] = place.split(',').map(Number)
  return countryAt({ latitude: latitude ?? Number.NaN, longitude: longitude ?? Number.NaN })
}

/** The countries of a batch's locations, by location. */
async function countriesOfLocations(
  batch: readonly Named[],
  locations: LocationMemory,
): Promise<ReadonlyMap<string, string | null>> {
  const texts = batch.flatMap(({ way, place }) => (way === 'location' && place !== null ? [place] : []))
  if (texts.length === 0) return new Map()
  const hashes = new Map(texts.map((text) => [text, hashOf(text)]))
  const known = await locations.knownLocations([...hashes.values()], RESOLVER)
  const unknown = texts.filter((text) => !known.has(hashes.get(text) ?? ''))
  const resolve = unknown.length > 0 ? await loadResolver() : () => null
  const resolved = unknown.map((location) => ({
    location_hash: hashes.get(location) ?? '',
    location,
    country: resolve(location),
    resolver: RESOLVER,
  }))
  if (resolved.length > 0) await locations.rememberLocations(resolved)
  const all = new Map([...known, ...resolved.map((it) => [it.location_hash, it.country] as const)])
  return new Map(texts.map((text) => [text, all.get(hashes.get(text) ?? '') ?? null]))
}

// Its lists take a second and 100 MB: only where a location is new.
const loadResolver = async (): Promise<(location: string) => string | null> =>
  (await import('../reference/resolve-location.ts')).resolveLocation

// Its borders take a tenth of a second: only where somebody tells coordinates.
const loadCountryAt = async (): Promise<(point: Point) => string | null> =>
  (await import('../reference/country-at.ts')).countryAt

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
