import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from '../checked-rows.ts'
import type { Tables } from '../tables.ts'
import type { ScoreKey } from './slot-key.ts'

const count = z.bigint().nonnegative().transform(Number)
const measure = z.number().nonnegative().nullable()

const cascade = z
  .object({
    root_id: z.string(),
    kernel: z.string(),
    depth_method: z.enum(['explicit', 'follows', 'expected', 'none']),
    tweeted_at: z.date().nullable(),
    seen_at: z.date(),
    text: z.string().nullable(),
    retweets: count,
    claimed_retweets: count.nullable(),
    favourites: count.nullable(),
    retweeters: count,
    non_primary_retweets: measure,
    non_primary_low: measure,
    non_primary_high: measure,
    mean_depth: measure,
    max_depth: measure,
    sentiment: z.number().min(-1).max(1).nullable(),
  })
  .readonly()

/** How far one tweet was carried; `seen_at` is its last event. */
export type Cascade = z.infer<typeof cascade>

const amplifier = z
  .object({
    amplifier_id: z.string(),
    author_id: z.string(),
    retweets: count,
    expected_children: measure,
    amplifier_followers: count.nullable(),
    amplifier_community: z.string().nullable(),
    author_community: z.string().nullable(),
    name: z.string().nullable(),
    screen_name: z.string().nullable(),
    location: z.string().nullable(),
  })
  .readonly()

/** How much one user carried an author's tweets; their name only where they are an author themself. */
export type Amplifier = z.infer<typeof amplifier>

const mood = z
  .object({ volume: count, positive: count, neutral: count, negative: count, unknown: count })
  .extend({ mean: z.number().min(-1).max(1).nullable() })
  .readonly()

/** How many of the tweets and retweets speak well, and how many badly. */
export type Mood = z.infer<typeof mood>

/** An author's tweets with the most retweets. */
export async function readCascades(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
  { authorId, limit }: { readonly authorId: string; readonly limit: number },
): Promise<readonly Cascade[]> {
  const rows = await db
    .selectFrom('cascade_score')
    .selectAll()
    .where('slot_end', '=', slotEnd)
    .where('window_hours', '=', windowHours)
    .where('author_id', '=', authorId)
    .where('term', '=', term)
    .orderBy('retweets', 'desc')
    .orderBy('root_id')
    .limit(limit)
    .execute()
  return checkedRows(rows, { table: 'cascade_score', row: cascade })
}

/** Who amplifies these authors, the strongest first. */
export async function readAmplifiers(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
  authorIds: readonly string[],
): Promise<readonly Amplifier[]> {
  if (authorIds.length === 0) return []
  const rows = await db
    .selectFrom('influence_edge as edge')
    .leftJoin('author', 'author.author_id', 'edge.amplifier_id')
    .selectAll('edge')
    .select(['author.name', 'author.screen_name', 'author.location'])
    .where('edge.slot_end', '=', slotEnd)
    .where('edge.window_hours', '=', windowHours)
    .where('edge.author_id', 'in', authorIds)
    .where('edge.term', '=', term)
    .orderBy('edge.retweets', 'desc')
    .orderBy('edge.amplifier_id')
    .orderBy('edge.author_id')
    .execute()
  return checkedRows(rows, { table: 'influence_edge', row: amplifier })
}

/** The mood of what spreads an author's tweets; of the whole term where the id is empty. */
export async function readMood(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
  authorId = '',
): Promise<Mood | undefined> {
  const rows = await db
    .selectFrom('sentiment_score')
    .selectAll()
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', '=', slotEnd)
    .where('author_id', '=', authorId)
    .execute()
  return checkedRows(rows, { table: 'sentiment_score', row: mood })[0]
}
