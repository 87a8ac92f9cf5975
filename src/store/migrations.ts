import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { Migrator } from 'kysely/migration'

import { createScoreTables } from './migrations/0001-scores.ts'
import { addNonPrimaryInterval } from './migrations/0002-non-primary-interval.ts'
import { createInfluenceTables } from './migrations/0003-influence.ts'
import { createLedgerTables } from './migrations/0004-ledger.ts'
import { addDashboardIndexes } from './migrations/0010-dashboard-indexes.ts'
import { addAuthorLanguage } from './migrations/0011-author-language.ts'
import { addDeletionIndex } from './migrations/0012-deletion-done.ts'
import { dropDoubledIndexes } from './migrations/0013-fewer-indexes.ts'

// Listed by hand, because a bundle has no folder to read. Names sort in the order of running and never change.
const migrations: Readonly<Record<string, Migration>> = {
  '0001-scores': { up: createScoreTables },
  '0002-non-primary-interval': { up: addNonPrimaryInterval },
  '0003-influence': { up: createInfluenceTables },
  '0004-ledger': { up: createLedgerTables },
  '0010-dashboard-indexes': { up: addDashboardIndexes },
  '0011-author-language': { up: addAuthorLanguage },
  '0012-deletion-done': { up: addDeletionIndex },
  '0013-fewer-indexes': { up: dropDoubledIndexes },
}

/**
 * Brings the database to the newest tables and names the migrations that ran now.
 * Where none is due it takes no lock and needs no right to create tables.
 */
export async function migrateToLatest<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  const migrator = migratorOf(db)
  const known = await migrator.getMigrations()
  if (known.every((migration) => migration.executedAt !== undefined)) return []
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return results.map((result) => result.migrationName)
}

/** Names the migrations that have not run; changes nothing. */
export async function pendingMigrations<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  const known = await migratorOf(db).getMigrations()
  return known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

const migratorOf = <Schema>(db: Kysely<Schema>): Migrator =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
