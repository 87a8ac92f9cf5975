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
    rank_in_term: z.int().positive(), // 1 is the highest; equals share a rank
    percentile: z.number(), // share of the term's authors that score no higher, 0 to 100
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
 * Reads the first authors of each term of a published slot, by term, then rank; no such slot reads as no rows. Equals
 * share a rank; which of them the limit leaves out is for their ids to say.
 * @throws StoreError `refused` when a row is not what the table promises
 */
export async function readTopAuthors(db: Kysely<Tables>, query: RankingQuery): Promise<readonly TopAuthor[]> {
  const terms = await db
    .selectFrom('author_score')
    .select('term')
    .select((is) => is.fn.countAll<bigint>().as('authors'))
    .where('slot_end', '=', query.slotEnd)
    .where('window_hours', '=', query.windowHours)
    .groupBy('term')
    .orderBy('term')
    .execute()
  const found: TopAuthor[] = []
  for (const { term, authors } of terms) {
    const rows = await firstAuthors(db, { ...query, term })
    const ranked = withRanks(rows, Number(authors))
    found.push(...checkedRows(ranked, { table: 'author_score', row: topAuthor, nameOf }))
  }
  return found
}

const nameOf = (read: { readonly author_id?: unknown } | undefined) => `author ${String(read?.author_id)}`

const firstAuthors = (
  db: Kysely<Tables>,
  { slotEnd, windowHours, term, limit }: RankingQuery & { readonly term: string },
) =>
  db
    .selectFrom('author_score as score')
    .leftJoin('author', 'author.author_id', 'score.author_id')
    .selectAll('score')
    .select(['author.name', 'author.screen_name'])
    .where('score.term', '=', term)
    .where('score.slot_end', '=', slotEnd)
    .where('score.window_hours', '=', windowHours)
    .orderBy('score.influence', 'desc')
    .orderBy('score.author_id')
    .limit(limit)
    .execute()

const PERCENT = 100

/** Adds what a row's place among all of its term says of it, to rows from the first one on. */
function withRanks<Row extends { readonly influence: number | null }>(
  rows: readonly Row[],
  authors: number,
): readonly (Row & { readonly rank_in_term: number; readonly percentile: number })[] {
  let rank = 1
  return rows.map((row, index) => {
    if (row.influence !== rows[index - 1]?.influence) rank = index + 1
    return { ...row, rank_in_term: rank, percentile: (PERCENT * (authors - rank + 1)) / authors }
  })
}
