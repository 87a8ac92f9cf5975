import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from './checked-rows.ts'
import type { Tables } from './tables.ts'

/** Which part of a ranking to read. */
export interface RankingQuery {
  readonly slotEnd: Date
  readonly windowHours: number
  /** Authors for each term. */
  readonly limit: number
}

const count = z.bigint().nonnegative()
const part = z.number().min(0).max(100).nullable()
const measure = z.number().nonnegative().nullable()

const topAuthor = z
  .object({
    term: z.string(),
    rank_in_term: z.int().positive(),
    percentile: z.number(),
    author_id: z.string(),
    name: z.string().nullable(),
    screen_name: z.string().nullable(),
    kernel: z.string(),
    depth_method: z.enum(['explicit', 'follows', 'expected', 'none']),
    tweets: z.int().nonnegative(),
    retweets: count,
    favourites: count.nullable(),
    followers: count.nullable(),
    retweeters: count,
    non_primary_retweets: measure,
    mean_depth: measure,
    max_depth: measure,
    retweets_part: part,
    favourites_part: part,
    followers_part: part,
    depth_part: part,
    influence: part,
  })
  .readonly()

/** One row of a ranking: the author, the four parts of the score (0 to 100 each) and what they were made of. */
export type TopAuthor = z.infer<typeof topAuthor>

/**
 * Reads the first authors of each term of a published slot, by term, then rank; no such slot reads as no rows.
 * @throws StoreError `refused` when a row is not what the table promises
 */
export async function readTopAuthors(
  db: Kysely<Tables>,
  { slotEnd, windowHours, limit }: RankingQuery,
): Promise<readonly TopAuthor[]> {
  const rows = await db
    .selectFrom('author_score as score')
    .leftJoin('author', 'author.author_id', 'score.author_id')
    .selectAll('score')
    .select(['author.name', 'author.screen_name'])
    .where('score.slot_end', '=', slotEnd)
    .where('score.window_hours', '=', windowHours)
    .where('score.rank_in_term', '<=', limit)
    .orderBy('score.term')
    .orderBy('score.rank_in_term')
    .orderBy('score.author_id')
    .execute()
  return checkedRows(rows, {
    table: 'author_score',
    row: topAuthor,
    nameOf: (read) => `author ${read?.author_id}`,
  })
}
