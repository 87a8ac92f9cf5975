import type { Kysely } from 'kysely'

import type { Tables } from '../tables.ts'

/** Which slots to look back over; all have one window. */
export interface HistoryQuery {
  readonly term: string
  readonly windowHours: number
  readonly slotEnds: readonly Date[]
}

/** What an author had in one slot. */
export interface PastScore {
  readonly author_id: string
  readonly slot_end: Date
  readonly influence: number | null
  readonly rank_in_term: number
}

/** How far a tweet had been carried by the end of one slot. */
export interface PastCascade {
  readonly root_id: string
  readonly slot_end: Date
  readonly retweets: bigint
}

/** The influence and rank of authors in each slot in which they were scored, by slot. */
export async function readScoreHistory(
  db: Kysely<Tables>,
  { term, windowHours, slotEnds }: HistoryQuery,
  authorIds: readonly string[],
): Promise<readonly PastScore[]> {
  if (slotEnds.length === 0 || authorIds.length === 0) return []
  return db
    .selectFrom('author_score')
    .select(['author_id', 'slot_end', 'influence', 'rank_in_term'])
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', 'in', slotEnds)
    .where('author_id', 'in', authorIds)
    .orderBy('slot_end')
    .execute()
}

/** The retweets of tweets in each slot in which they had some, by slot. */
export async function readCascadeHistory(
  db: Kysely<Tables>,
  { term, windowHours, slotEnds }: HistoryQuery,
  rootIds: readonly string[],
): Promise<readonly PastCascade[]> {
  if (slotEnds.length === 0 || rootIds.length === 0) return []
  return db
    .selectFrom('cascade_score')
    .select(['root_id', 'slot_end', 'retweets'])
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', 'in', slotEnds)
    .where('root_id', 'in', rootIds)
    .orderBy('slot_end')
    .execute()
}

/** What was said of a term by the end of one slot. */
export interface PastVolume {
  readonly slot_end: Date
  readonly volume: bigint
  readonly mean: number | null
}

/** Volume and mood of a whole term in each slot, by slot. */
export async function readVolumeHistory(
  db: Kysely<Tables>,
  { term, windowHours, slotEnds }: HistoryQuery,
): Promise<readonly PastVolume[]> {
  if (slotEnds.length === 0) return []
  return db
    .selectFrom('sentiment_score')
    .select(['slot_end', 'volume', 'mean'])
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', 'in', slotEnds)
    .where('author_id', '=', '')
    .orderBy('slot_end')
    .execute()
}
