import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import type { LocationTable, Tables } from './tables.ts'

/** A place that a profile names, and the country that was found for it; null where there is none. */
export type Location = Omit<LocationTable, 'resolved_at'>

const ROWS_PER_INSERT = 1_000
const MANUAL = 'manual'

/**
 * The countries of those locations that were resolved before, by hash: by this resolver, or by a person, whose word
 * `manual` stands. What an earlier version of the resolver found is not known, and so is resolved anew.
 */
export async function readLocations(
  db: Kysely<Tables>,
  { hashes, resolver }: { readonly hashes: readonly string[]; readonly resolver: string },
): Promise<ReadonlyMap<string, string | null>> {
  if (hashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('location')
    .select(['location_hash', 'country'])
    .where('location_hash', 'in', hashes)
    .where('resolver', 'in', [resolver, MANUAL])
    .execute()
  return new Map(rows.map((row) => [row.location_hash, row.country]))
}

/** Keeps what was found for locations, instead of what an earlier version found; what a person entered stays. */
export async function writeLocations(db: Kysely<Tables>, locations: readonly Location[]): Promise<void> {
  for (let start = 0; start < locations.length; start += ROWS_PER_INSERT) {
    const rows = locations.slice(start, start + ROWS_PER_INSERT)
    const hashes = rows.map((row) => row.location_hash)
    await db
      .deleteFrom('location')
      .where('location_hash', 'in', hashes)
      .where('resolver', '!=', MANUAL)
      .execute()
    await db
      .insertInto('location')
      .values(rows.map((row) => ({ ...row, resolved_at: sql<Date>`utc_timestamp(6)` })))
      // Another run may have been quicker, with the same result.
      .onDuplicateKeyUpdate((is) => ({ location_hash: is.ref('location.location_hash') }))
      .execute()
  }
}
