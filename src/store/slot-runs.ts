import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'

import { holdFence } from './lease.ts'
import { emptyStaging } from './staging.ts'
import type { Tables } from './tables.ts'

/** Which slot is scored, and how. */
export interface SlotToScore {
  /** The slot's end, a UTC quarter hour; it belongs to the slot. */
  readonly slotEnd: Date
  readonly windowHours: number
  /** The weighting of the expected diffusion tree, such as `calibrated`. */
  readonly kernel: string
}

/** One attempt at a slot. */
export interface SlotRun extends SlotToScore {
  readonly sourceId: string
  /** The newest batch that it reads. */
  readonly batchSeq: number
  /** That of the lease under which it runs; it tags every row that Spark writes to staging. */
  readonly fence: bigint
  /** By the database's clock. */
  readonly startedAt: Date
}

/**
 * Notes a new attempt at a slot. What readers see of the slot stays as it is.
 * @throws StoreError `held`
 */
export async function beginSlot(db: Kysely<Tables>, attempt: Omit<SlotRun, 'startedAt'>): Promise<SlotRun> {
  const run = { ...attempt, startedAt: await timeOf(db) }
  await sweep(db, run.fence)
  await db.transaction().execute(async (transaction) => {
    await holdFence(transaction, run.fence)
    await transaction
      .insertInto('slot_run')
      .values({
        slot_end: run.slotEnd,
        window_hours: run.windowHours,
        kernel: run.kernel,
        source_id: run.sourceId,
        batch_seq: BigInt(run.batchSeq),
        fence: run.fence,
        started_at: run.startedAt,
        state: 'running',
      })
      // A published slot keeps its row until the next publish replaces it. Assignments run in this order: `state` last.
      .onDuplicateKeyUpdate({
        kernel: unlessPublished('kernel', run.kernel),
        source_id: unlessPublished('source_id', run.sourceId),
        batch_seq: unlessPublished('batch_seq', BigInt(run.batchSeq)),
        fence: unlessPublished('fence', run.fence),
        started_at: unlessPublished('started_at', run.startedAt),
        state: unlessPublished('state', 'running' as const),
      })
      .execute()
  })
  return run
}

/** One clock for all writers: the database's. */
async function timeOf(db: Kysely<Tables>): Promise<Date> {
  const { rows } = await sql<{ readonly time: Date }>`select utc_timestamp(6) as time`.execute(db)
  return rows[0]?.time ?? new Date()
}

const unlessPublished = <Value>(column: string, value: Value | RawBuilder<Value>) =>
  sql<Value>`if(slot_run.state = 'published', ${sql.ref(`slot_run.${column}`)}, ${value})`

/** Gives an attempt up: empties its staging rows and marks it failed. A published slot stays published. */
export async function abandonSlot(
  db: Kysely<Tables>,
  { slotEnd, windowHours, fence }: SlotRun,
): Promise<void> {
  await db
    .updateTable('slot_run')
    .set({ state: 'failed' })
    .where('slot_end', '=', slotEnd)
    .where('window_hours', '=', windowHours)
    .where('fence', '=', fence)
    .where('state', '=', 'running')
    .execute()
  await emptyStaging(db, fence)
}

/** Puts away what runs of older fences left. */
async function sweep(db: Kysely<Tables>, fence: bigint): Promise<void> {
  await emptyStaging(db, fence)
  // A run that was killed says nothing any more; its slot is still to do.
  await db
    .updateTable('slot_run')
    .set({ state: 'failed' })
    .where('state', '=', 'running')
    .where('fence', '<', fence)
    .execute()
}
