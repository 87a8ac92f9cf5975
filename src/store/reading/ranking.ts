import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from '../checked-rows.ts'
import type { Tables } from '../tables.ts'
import type { ScoreKey } from './slot-key.ts'

const count = z.bigint().nonnegative().transform(Number) // far below 2^53
const part = z.number().min(0).max(100).nullable()
const measure = z.number().nonnegative().nullable()

const scoredAuthor = z
  .object({
    author_id: z.string(),
    name: z.string().nullable(),
    screen_name: z.string().nullable(),
    location: z.string().nullable(),
    language: z.string().nullable(),
    kernel: z.string(),
    depth_method: z.enum(['explicit', 'follows', 'expected', 'none']),
    tweets: z.int().nonnegative(),
    retweets: count,
    claimed_retweets: count.nullable(),
    coverage: measure,
    favourites: count.nullable(),
    followers: count.nullable(),
    retweeters: count,
    non_primary_retweets: measure,
    non_primary_low: measure,
    non_primary_high: measure,
    mean_depth: measure,
    max_depth: measure,
    amplification: measure,
    engagement_rate: measure,
    sentiment: z.number().min(-1).max(1).nullable(),
    retweets_part: part,
    favourites_part: part,
    followers_part: part,
    depth_part: part,
    influence: part,
    rank_in_term: z.int().positive(),
  })
  .readonly()

/** One author's score, with its parts and what they were made of; amounts as in `author_score`. */
export type ScoredAuthor = z.infer<typeof scoredAuthor>

/** Scores beside who their authors are. */
function scores(db: Kysely<Tables>, { term, windowHours, slotEnd }: ScoreKey) {
  return db
    .selectFrom('author_score as score')
    .leftJoin('author', 'author.author_id', 'score.author_id')
    .selectAll('score')
    .select(['author.name', 'author.screen_name', 'author.location', 'author.language'])
    .where('score.term', '=', term)
    .where('score.window_hours', '=', windowHours)
    .where('score.slot_end', '=', slotEnd)
}

const checked = (rows: readonly { readonly author_id: string }[]): readonly ScoredAuthor[] =>
  checkedRows(rows, {
    table: 'author_score',
    row: scoredAuthor,
    nameOf: (read) => `author ${read?.author_id}`,
  })

/** The authors of the highest influence, the highest first, equals by their ids. */
export async function readRanking(
  db: Kysely<Tables>,
  key: ScoreKey,
  limit: number,
): Promise<readonly ScoredAuthor[]> {
  const rows = await scores(db, key)
    .orderBy('score.influence', 'desc')
    .orderBy('score.author_id')
    .limit(limit)
    .execute()
  return checked(rows)
}

/** The scores of these authors, in no order; who is not in the slot is missing. */
export async function readScores(
  db: Kysely<Tables>,
  key: ScoreKey,
  authorIds: readonly string[],
): Promise<readonly ScoredAuthor[]> {
  if (authorIds.length === 0) return []
  return checked(await scores(db, key).where('score.author_id', 'in', authorIds).execute())
}
