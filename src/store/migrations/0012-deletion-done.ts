import { sql, type Kysely } from 'kysely'

/** Adds an index that tells at once when something was last deleted, and whether something still is to be. */
export async function addDeletionIndex(db: Kysely<unknown>): Promise<void> {
  // MySQL knows no `create index if not exists`, and a migration that was cut short runs again.
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'deletion' and index_name = 'deletion_done'
  `.execute(db)
  if (rows.length === 0) await sql`create index deletion_done on deletion (done_at)`.execute(db)
}
