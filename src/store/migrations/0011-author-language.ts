import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** Adds the language that an author writes in, as their newest tweet says it. */
export async function addAuthorLanguage(db: Kysely<unknown>): Promise<void> {
  for (const [table, type] of [
    ['author', 'varchar(16)'],
    ['author_score_staging', 'text'],
  ] as const) {
    // MySQL knows no `add column if not exists`, and a migration that was cut short runs again.
    const { rows } = await sql`
      select 1 from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = 'language'
    `.execute(db)
    if (rows.length === 0) await sql.raw(`alter table ${table} add column language ${type} null`).execute(db)
  }
}
