import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from './checked-rows.ts'
import type { Tables } from './tables.ts'
import type { RankingQuery } from './top-authors.ts'

const count = z.bigint().nonnegative()
const mood = z.number().min(-1).max(1).nullable()

const topTopic = z
  .object({
    term: z.string(),
    kind: z.enum(['hashtag', 'mention', 'domain', 'word']),
    topic: z.string(),
    rank_in_kind: z.int().positive(),
    volume: count,
    previous_volume: count.nullable(),
    change_percent: z.number().nullable(),
    authors: count.nullable(),
    reach: count.nullable(),
    sentiment: mood,
  })
  .readonly()

const topCountry = z
  .object({
    term: z.string(),
    country: z.string(),
    volume: count,
    share: z.number().min(0).max(100),
    authors: count.nullable(),
    reach: count.nullable(),
    sentiment: mood,
  })
  .readonly()

/** One of the leading topics of a term; `change_percent` is since the window before. */
export type TopTopic = z.infer<typeof topTopic>

/** A country's share of a term, 0 to 100; `unknown` is what could not be placed. */
export type TopCountry = z.infer<typeof topCountry>

/**
 * Reads the first topics of each term and kind of a published slot, by term, kind and rank.
 * @throws StoreError `refused` when a row is not what the table promises
 */
export async function readTopTopics(
  db: Kysely<Tables>,
  { slotEnd, windowHours, limit }: RankingQuery,
): Promise<readonly TopTopic[]> {
  const rows = await db
    .selectFrom('topic_score')
    .selectAll()
    .where('slot_end', '=', slotEnd)
    .where('window_hours', '=', windowHours)
    .where('rank_in_kind', '<=', limit)
    .orderBy('term')
    .orderBy('kind')
    .orderBy('rank_in_kind')
    .execute()
  return checkedRows(rows, { table: 'topic_score', row: topTopic })
}

/**
 * Reads the countries of each term of a published slot, by term, the largest first. There are at most 250.
 * @throws StoreError `refused` when a row is not what the table promises
 */
export async function readCountries(
  db: Kysely<Tables>,
  { slotEnd, windowHours }: Omit<RankingQuery, 'limit'>,
): Promise<readonly TopCountry[]> {
  const rows = await db
    .selectFrom('geography_score')
    .selectAll()
    .where('slot_end', '=', slotEnd)
    .where('window_hours', '=', windowHours)
    .orderBy('term')
    .orderBy('volume', 'desc')
    .orderBy('country')
    .execute()
  return checkedRows(rows, { table: 'geography_score', row: topCountry })
}
