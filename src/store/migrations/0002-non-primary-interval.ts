import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const COLUMNS = ['non_primary_low', 'non_primary_high'] as const

/** Adds the bounds between which non-primary retweets lie with a probability of 95 %. */
export async function addNonPrimaryInterval(db: Kysely<unknown>): Promise<void> {
  const checks = COLUMNS.map((column) => `add constraint author_score_${column}_range check (${column} >= 0)`)
  await addColumns(db, 'author_score', checks)
  await addColumns(db, 'author_score_staging', [])
}

/** One statement a table, which InnoDB does whole or not at all: a migration that was cut short runs again. */
async function addColumns(db: Kysely<unknown>, table: string, more: readonly string[]): Promise<void> {
  // MySQL knows no `add column if not exists`.
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = ${table} and column_name = ${COLUMNS[0]}
  `.execute(db)
  if (rows.length > 0) return
  const columns = COLUMNS.map((column) => `add column ${column} double null`)
  await sql.raw(`alter table ${table} ${[...columns, ...more].join(', ')}`).execute(db)
}
