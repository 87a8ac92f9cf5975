import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from '../checked-rows.ts'
import { slotStates, type Tables } from '../tables.ts'

const count = z.bigint().nonnegative().transform(Number).nullable()

const run = z
  .object({
    slot_end: z.date(),
    window_hours: z.int().positive(),
    state: z.enum(slotStates),
    kernel: z.string(),
    observations: count,
    duplicates: count,
    rejected: count,
    cascades: count,
    authors: count,
    started_at: z.date(),
    published_at: z.date().nullable(),
  })
  .readonly()

/** One slot and window in the ledger. */
export type Run = z.infer<typeof run>

/** Records that a slot was the first to reject for one reason, with one of them. */
export interface Rejection {
  readonly slotEnd: Date | null
  readonly reason: string
  readonly records: number
  readonly object: string | null
}

/** The newest slots of the ledger, whatever became of them. */
export async function readRuns(
  db: Kysely<Tables>,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom('slot_run')
    .selectAll()
    .orderBy('slot_end', 'desc')
    .orderBy('window_hours', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return checkedRows(rows, { table: 'slot_run', row: run })
}

/** Why records were rejected that came with slots, the most frequent reason first. */
export async function readRejections(
  db: Kysely<Tables>,
  slotEnds: readonly Date[],
): Promise<readonly Rejection[]> {
  if (slotEnds.length === 0) return []
  const rows = await db
    .selectFrom('batch')
    .innerJoin('rejected', 'rejected.batch_id', 'batch.batch_id')
    .select((is) => [
      'batch.slot_end as slotEnd',
      'reason',
      is.fn.countAll<bigint>().as('records'),
      is.fn.min('object').as('object'),
    ])
    .where('batch.slot_end', 'in', slotEnds)
    .groupBy(['batch.slot_end', 'reason'])
    .execute()
  return rows
    .map((row) => ({ ...row, records: Number(row.records) }))
    .toSorted((one, other) => other.records - one.records || one.reason.localeCompare(other.reason))
}
