import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { slotTableNames } from './slot-tables.ts'
import type { Tables } from './tables.ts'

/** What was removed from the tables. */
export interface PruneReport {
  readonly slots: number
  readonly rows: number
  readonly rejected: number
}

/** What one statement deletes: a longer one would hold its locks for long. */
const ROWS_PER_STATEMENT = 10_000

/** Removes slots that ended before a time, but never a window's newest published one, and rejected records as old. */
export async function pruneStore(db: Kysely<Tables>, oldest: Date): Promise<PruneReport> {
  let rows = 0
  const slots = await oldSlots(db, oldest)
  for (const slot of slots) {
    for (const table of slotTableNames) {
      rows += await deleteInSteps(
        db,
        sql`${sql.table(table)} where slot_end = ${slot.slot_end} and window_hours = ${slot.window_hours}`,
      )
    }
    await db
      .deleteFrom('slot_run')
      .where('slot_end', '=', slot.slot_end)
      .where('window_hours', '=', slot.window_hours)
      .execute()
  }
  const rejected = await deleteInSteps(
    db,
    sql`rejected where batch_id in (select batch_id from batch where parsed_at < ${oldest})`,
  )
  return { slots: slots.length, rows, rejected }
}

async function oldSlots(db: Kysely<Tables>, oldest: Date) {
  const newest = await db
    .selectFrom('slot_run')
    .select((is) => ['window_hours', is.fn.max('slot_end').as('slot_end')])
    .where('state', '=', 'published')
    .groupBy('window_hours')
    .execute()
  const kept = new Set(newest.map((slot) => `${slot.window_hours} ${Number(slot.slot_end)}`))
  const old = await db
    .selectFrom('slot_run')
    .select(['slot_end', 'window_hours'])
    .where('slot_end', '<', oldest)
    .execute()
  return old.filter((slot) => !kept.has(`${slot.window_hours} ${slot.slot_end.getTime()}`))
}

async function deleteInSteps(db: Kysely<Tables>, what: ReturnType<typeof sql>): Promise<number> {
  let deleted = 0
  for (;;) {
    const { numAffectedRows = 0n } = await sql`delete from ${what} limit ${ROWS_PER_STATEMENT}`.execute(db)
    deleted += Number(numAffectedRows)
    if (numAffectedRows < BigInt(ROWS_PER_STATEMENT)) return deleted
  }
}
