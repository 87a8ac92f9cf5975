import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** Another index of each begins with the same columns; keeping both up costs a sixth of publishing their rows. */
const DOUBLED = ['cascade_score', 'influence_edge'] as const

/** Drops the indexes that find nothing that another does not. */
export async function dropDoubledIndexes(db: Kysely<unknown>): Promise<void> {
  for (const table of DOUBLED) {
    const index = `${table}_slot`
    const { rows } = await sql`
      select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${table} and index_name = ${index}
    `.execute(db)
    if (rows.length > 0) await sql`drop index ${sql.ref(index)} on ${sql.table(table)}`.execute(db)
  }
}
