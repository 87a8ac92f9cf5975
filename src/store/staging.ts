import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { holdFence } from './lease.ts'
import { stagingTables } from './slot-tables.ts'
import type { Tables } from './tables.ts'

type StagingName = (typeof stagingTables)[number]

/**
 * Removes what a run and those before it wrote to staging, also what their tasks wrote after they had ended: nobody can
 * publish it any more. A table is emptied at once where that can be: deleting its rows takes as long as publishing them.
 */
export async function emptyStaging(db: Kysely<Tables>, fence: bigint): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // While it is held, nobody begins to write what may still be published.
    const isHeld = await holdFence(transaction, fence).then(
      () => true,
      () => false,
    )
    for (const table of stagingTables) {
      if (isHeld && (await truncated(db, table))) continue
      await deleteUpTo(db, table, fence)
    }
  })
}

/** Whether a table is empty now: not without the right to, or while a task that outlived its run still writes to it. */
async function truncated(db: Kysely<Tables>, table: StagingName): Promise<boolean> {
  const row = await db.selectFrom(table).select('fence').limit(1).executeTakeFirst()
  if (row === undefined) return true
  return sql`truncate table ${sql.table(table)}`.execute(db).then(
    () => true,
    () => false,
  )
}

async function deleteUpTo(db: Kysely<Tables>, table: StagingName, fence: bigint): Promise<void> {
  // Reads without locks first: a locking scan would wait for whatever is being written.
  const dead = await db.selectFrom(table).select('fence').distinct().where('fence', '<=', fence).execute()
  for (const row of dead) await db.deleteFrom(table).where('fence', '=', row.fence).execute()
}
