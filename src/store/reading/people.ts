import { createHash } from 'node:crypto'

import type { Kysely } from 'kysely'

import type { Tables } from '../tables.ts'

const HASHES_PER_QUERY = 1_000

/** The countries that were found for locations of profiles, by location; those without one are missing. */
export async function readCountriesOfLocations(
  db: Kysely<Tables>,
  locations: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const byHash = new Map(
    locations.map((location) => [createHash('sha256').update(location).digest('hex'), location]),
  )
  const hashes = [...byHash.keys()]
  const countries = new Map<string, string>()
  for (let start = 0; start < hashes.length; start += HASHES_PER_QUERY) {
    const rows = await db
      .selectFrom('location')
      .select(['location_hash', 'country'])
      .where('location_hash', 'in', hashes.slice(start, start + HASHES_PER_QUERY))
      .execute()
    for (const { location_hash, country } of rows) {
      if (country !== null) countries.set(byHash.get(location_hash) ?? '', country)
    }
  }
  return countries
}

/**
 * Ids of authors whose name or screen name begins with a text, without regard to case and accents, or whose id it is.
 * At most `limit` for each of the three.
 */
export async function findAuthorIds(
  db: Kysely<Tables>,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly string[]> {
  const prefix = `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const select = db.selectFrom('author').select('author_id').limit(limit)
  const found = await Promise.all([
    select.where('author_id', '=', text).execute(),
    select.where('screen_name', 'like', prefix).orderBy('screen_name').execute(),
    select.where('name', 'like', prefix).orderBy('name').execute(),
  ])
  return [...new Set(found.flat().map(({ author_id }) => author_id))]
}
