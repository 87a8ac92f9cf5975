import type { Kysely } from 'kysely'
import { sql } from 'kysely'

interface Index {
  readonly table: string
  readonly name: string
  readonly on: string
}

const indexes: readonly Index[] = [
  // Highest first, equals by their ids: the order of a ranking, which is read from its start.
  {
    table: 'author_score',
    name: 'author_score_influence',
    on: 'term, window_hours, slot_end, influence desc, author_id',
  },
  { table: 'author', name: 'author_screen_name', on: 'screen_name' },
  { table: 'author', name: 'author_name', on: 'name' },
]

/** Adds what the dashboard finds its rows by. */
export async function addDashboardIndexes(db: Kysely<unknown>): Promise<void> {
  for (const { table, name, on } of indexes) {
    // MySQL knows no `create index if not exists`, and a migration that was cut short runs again.
    const { rows } = await sql`
      select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${table} and index_name = ${name}
    `.execute(db)
    if (rows.length === 0) await sql.raw(`create index ${name} on ${table} (${on})`).execute(db)
  }
}
