import { randomUUID } from 'node:crypto'

import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { stagingTables } from './slot-tables.ts'
import type { Tables } from './tables.ts'

/** Which slot is scored, and how. */
export interface SlotToScore {
  /** The slot's end, a UTC quarter hour; it belongs to the slot. */
  readonly slotEnd: Date
  readonly windowHours: number
  /** The weighting of the expected diffusion tree, such as `calibrated`. */
  readonly kernel: string
}

/** One attempt at a slot; its id tags every row that Spark writes to staging. */
export interface Batch extends SlotToScore {
  readonly batchId: string
}

const now = sql<Date>`utc_timestamp(6)` // one clock for all writers: the database's
const tooOld = sql<Date>`utc_timestamp(6) - interval 1 day`

/** Notes a new attempt at a slot. What readers see of the slot stays as it is. */
export async function beginBatch(db: Kysely<Tables>, slot: SlotToScore): Promise<Batch> {
  const batchId = randomUUID()
  const row = {
    batch_id: batchId,
    slot_end: slot.slotEnd,
    window_hours: slot.windowHours,
    kernel: slot.kernel,
  }
  await sweepStaging(db)
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batch')
      .values({ ...row, state: 'open', created_at: now })
      .execute()
    await transaction
      .insertInto('slot_run')
      .values({ ...row, state: 'running', started_at: now })
      .onDuplicateKeyUpdate((is) => ({
        // A published slot keeps its ledger row until the next publish replaces it. Assignments run in this order.
        kernel: sql<string>`if(${is.ref('slot_run.state')} = 'published', slot_run.kernel, ${slot.kernel})`,
        batch_id: sql<string>`if(${is.ref('slot_run.state')} = 'published', slot_run.batch_id, ${batchId})`,
        started_at: sql<Date>`if(${is.ref('slot_run.state')} = 'published', slot_run.started_at, ${now})`,
        state: sql<'running'>`if(${is.ref('slot_run.state')} = 'published', slot_run.state, 'running')`,
      }))
      .execute()
  })
  return { batchId, ...slot }
}

/** Gives an attempt up: empties its staging rows and marks it failed. A published batch stays published. */
export async function abandonBatch(db: Kysely<Tables>, batchId: string): Promise<void> {
  await db
    .updateTable('batch')
    .set({ state: 'failed' })
    .where('batch_id', '=', batchId)
    .where('state', '=', 'open')
    .execute()
  await db
    .updateTable('slot_run')
    .set({ state: 'failed' })
    .where('batch_id', '=', batchId)
    .where('state', '=', 'running')
    .execute()
  await emptyStaging(db, batchId)
}

/** Removes what Spark wrote for one batch. */
export async function emptyStaging(db: Kysely<Tables>, batchId: string): Promise<void> {
  for (const table of stagingTables) await db.deleteFrom(table).where('batch_id', '=', batchId).execute()
}

/** Gives up batches that were begun over a day ago, and removes rows that tasks wrote after their batch had ended. */
async function sweepStaging(db: Kysely<Tables>): Promise<void> {
  for (const table of stagingTables) {
    // Reads without locks first: a locking scan would wait for whatever a live batch is writing.
    const dead = await db
      .selectFrom(table)
      .leftJoin('batch', 'batch.batch_id', `${table}.batch_id`)
      .select(`${table}.batch_id as batch_id`)
      .distinct()
      .where((is) =>
        is.or([
          is('batch.state', 'is', null),
          is('batch.state', '!=', 'open'),
          is('batch.created_at', '<', tooOld),
        ]),
      )
      .execute()
    for (const { batch_id } of dead) await abandonBatch(db, batch_id)
  }
}
