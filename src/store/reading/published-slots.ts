import type { Kysely } from 'kysely'
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
    fence: z.bigint(),
    observations: count,
    duplicates: count,
    rejected: count,
    cascades: count,
    authors: count,
    started_at: z.date(),
    published_at: z.date(),
  })
  .transform((run) => ({ ...run, edition: editionOf(run) }))
  .readonly()

interface Published {
  readonly slot_end: Date
  readonly window_hours: number
  readonly fence: bigint
  readonly published_at: Date
}

const editionOf = ({ slot_end, window_hours, fence, published_at }: Published): string =>
  [slot_end.getTime(), window_hours, fence, published_at.getTime()].join('-')

/** A slot that readers see. What is read of it stays the same for as long as its `edition` does. */
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
  const terms: string[] = []
  // From term to term along the key: `distinct` would read each row of the slot.
  for (let term = await termAfter(db, ''); term !== null; term = await termAfter(db, term)) {
    const row = await db
      .selectFrom('author_score')
      .select('term')
      .where('term', '=', term)
      .where('window_hours', '=', windowHours)
      .where('slot_end', '=', slotEnd)
      .limit(1)
      .executeTakeFirst()
    if (row) terms.push(term)
  }
  return terms
}

async function termAfter(db: Kysely<Tables>, term: string): Promise<string | null> {
  const { next } = await db
    .selectFrom('author_score')
    .select((is) => is.fn.min<string | null>('term').as('next'))
    .where('term', '>', term)
    .executeTakeFirstOrThrow()
  return next
}
