import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'

import { checkedRows } from '../checked-rows.ts'
import type { Tables } from '../tables.ts'
import type { SlotWindow } from './slot-key.ts'

const count = z.bigint().nonnegative().transform(Number).nullable()

const publishedSlot = z
  .object({
    slot_end: z.date(),
    window_hours: z.int().positive(),
    kernel: z.string(),
    batch_id: z.string(),
    observations: count,
    duplicates: count,
    rejected: count,
    cascades: count,
    authors: count,
    started_at: z.date(),
    published_at: z.date(),
  })
  .readonly()

/** A slot that readers see. What is read of it stays the same for as long as its `batch_id` does. */
export type PublishedRun = z.infer<typeof publishedSlot>

/** The newest published slots, or the windows of one; of one slot the longest window first. */
export async function readPublishedSlots(
  db: Kysely<Tables>,
  { slotEnd, limit }: { readonly slotEnd?: Date; readonly limit: number },
): Promise<readonly PublishedRun[]> {
  const newest = db
    .selectFrom('slot_run')
    .selectAll()
    .where('state', '=', 'published')
    .orderBy('slot_end', 'desc')
    .orderBy('window_hours', 'desc')
    .limit(limit)
  const rows = await (slotEnd ? newest.where('slot_end', '=', slotEnd) : newest).execute()
  return checkedRows(rows, { table: 'slot_run', row: publishedSlot })
}

/** The terms of a slot, in the order of their letters. */
export async function readTerms(
  db: Kysely<Tables>,
  { slotEnd, windowHours }: SlotWindow,
): Promise<readonly string[]> {
  // All terms first, by skipping along the key: `distinct` within one slot would read each of its rows.
  const all = await db.selectFrom('author_score').select('term').groupBy('term').execute()
  if (all.length === 0) return []
  const asked = all.map(
    ({ term }) => sql<{ readonly term: string | null }>`(
      select term from author_score
      where term = ${term} and window_hours = ${windowHours} and slot_end = ${slotEnd} limit 1
    )`,
  )
  const { rows } = await sql<{ readonly term: string }>`${sql.join(asked, sql` union all `)}`.execute(db)
  return rows.map(({ term }) => term).toSorted()
}
