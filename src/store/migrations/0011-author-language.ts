import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { hasColumn } from './ddl.ts'

/** Adds the language that an author writes in, as their newest tweet says it. */
export async function addAuthorLanguage(db: Kysely<unknown>): Promise<void> {
  for (const [table, type] of [
    ['author', 'varchar(16)'],
    ['author_score_staging', 'text'],
  ] as const) {
    if (await hasColumn(db, table, 'language')) continue
    await sql.raw(`alter table ${table} add column language ${type} null`).execute(db)
  }
}
