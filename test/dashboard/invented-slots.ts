import { createHash } from 'node:crypto'

import { author, AUTHORS, place, PLACES, score } from './invented-authors.ts'
import { cascades, countries, edges, moods, topics } from './invented-term.ts'
import { HOSTILE, slotBefore, SLOTS, type Row } from './invented.ts'

/** Writes rows by column names. */
export type Insert = (table: string, rows: readonly Row[]) => Promise<void>

export const TERM = 'climate summit'
const OTHER_TERM = 'world cup 2026'

/** Fills empty tables with invented slots of two terms, 24 hours each, and one of 7 days. */
export async function inventSlots(insert: Insert): Promise<void> {
  await insert(
    'author',
    Array.from({ length: AUTHORS }, (_, index) => author(index)),
  )
  await insert(
    'location',
    PLACES.map(([location, country]) => place(location, country)),
  )
  for (let back = SLOTS - 1; back >= 0; back--)
    await inventSlot(insert, { slotEnd: slotBefore(back), windowHours: 24 })
  for (const back of [2, 1, 0]) await inventSlot(insert, { slotEnd: slotBefore(back), windowHours: 168 })
  await insert('slot_run', [
    run(
      { slotEnd: slotBefore(SLOTS), windowHours: 24 },
      {
        state: 'failed',
        published_at: null,
        observations: null,
        duplicates: null,
        rejected: null,
        cascades: null,
        authors: null,
      },
    ),
  ])
}

interface SlotOf {
  readonly slotEnd: Date
  readonly windowHours: number
}

/** Publishes one slot as the job would. */
export async function inventSlot(insert: Insert, slot: SlotOf): Promise<void> {
  for (const term of [TERM, OTHER_TERM]) {
    const key = { term, window_hours: slot.windowHours, slot_end: slot.slotEnd }
    const authors = ranked(
      Array.from({ length: term === TERM ? AUTHORS : 20 }, (_, index) => score(key, index)),
    )
    await insert('author_score', authors)
    await insert(
      'cascade_score',
      authors.slice(0, 50).flatMap((_, index) => cascades(key, index)),
    )
    await insert(
      'influence_edge',
      authors.slice(0, 60).flatMap((_, index) => edges(key, index)),
    )
    await insert('topic_score', topics(key))
    await insert('geography_score', countries(key))
    await insert('sentiment_score', moods(key))
  }
  await insert('slot_run', [run(slot)])
  await insert('batch', [batch(slot)])
  await insert(
    'rejected',
    ['not JSON', 'not JSON', 'no id', 'no time'].map((reason, index) => rejection(slot, reason, index)),
  )
}

/** With ranks as Spark gives them: equals share one. */
const ranked = (scores: readonly Row[]): readonly Row[] =>
  scores.map((row) => ({
    ...row,
    rank_in_term: 1 + scores.filter((other) => Number(other['influence']) > Number(row['influence'])).length,
  }))

const batchOf = ({ slotEnd, windowHours }: SlotOf): string => {
  const hex = createHash('sha256').update(`${slotEnd.toISOString()} ${windowHours}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const SOURCE = 'a'.repeat(64)

const batch = (slot: SlotOf): Row => ({
  batch_id: batchOf(slot),
  source_id: SOURCE,
  seq: slot.slotEnd.getTime() / 1_000 + slot.windowHours,
  state: 'published',
  slot_end: slot.slotEnd,
  objects: 4,
  bytes: 5_000_000,
  rejected: 4,
  fence: 1,
  listed_at: slot.slotEnd,
})

function run(slot: SlotOf, changes: Row = {}): Row {
  return {
    slot_end: slot.slotEnd,
    window_hours: slot.windowHours,
    state: 'published',
    kernel: 'calibrated',
    source_id: SOURCE,
    batch_seq: 1,
    fence: 1,
    observations: 412_345,
    duplicates: 1_204,
    rejected: 4,
    cascades: 20_412,
    authors: 150,
    started_at: new Date(slot.slotEnd.getTime() + 60_000),
    published_at: new Date(slot.slotEnd.getTime() + 103_400),
    ...changes,
  }
}

function rejection(slot: SlotOf, reason: string, index: number): Row {
  const rejected_id = createHash('sha256')
    .update(`${batchOf(slot)} ${index}`)
    .digest('hex')
  return {
    rejected_id,
    object: `s3://raw/2026/03/05/${HOSTILE.script}`,
    block_start: 0,
    record_number: index,
    reason,
    record: '{',
    batch_id: batchOf(slot),
  }
}
