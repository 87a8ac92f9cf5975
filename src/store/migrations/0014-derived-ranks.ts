import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { hasColumn } from './ddl.ts'

/**
 * Lets go of ranks and percentiles: they belong to the whole ranking and are derived where it is read, so that a row
 * changes only if its author does.
 */
export async function dropStoredRanks(db: Kysely<unknown>): Promise<void> {
  if (await hasColumn(db, 'author_score', 'rank_in_term')) {
    // One statement, which InnoDB does whole or not at all.
    await sql`
      alter table author_score
        drop constraint author_score_rank_in_term_range, drop constraint author_score_percentile_range,
        drop key author_score_ranking, drop column rank_in_term, drop column percentile,
        add key author_score_slot (slot_end, window_hours)
    `.execute(db)
  }
  if (await hasColumn(db, 'author_score_staging', 'rank_in_term')) {
    await sql`alter table author_score_staging drop column rank_in_term, drop column percentile`.execute(db)
  }
}
