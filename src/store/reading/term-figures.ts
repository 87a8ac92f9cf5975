import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'

import { checkedRows } from '../checked-rows.ts'
import type { Tables } from '../tables.ts'
import type { ScoreKey } from './slot-key.ts'

const count = z.bigint().nonnegative().transform(Number)
const sum = z.number().nonnegative().nullable()
const sentiment = z.number().min(-1).max(1).nullable()

const methodFigures = z
  .object({
    depth_method: z.enum(['explicit', 'follows', 'expected', 'none']),
    authors: count,
    scored: count,
    with_followers: count,
    with_favourites: count,
    tweets: sum,
    retweets: sum,
    claimed_retweets: sum,
    claimed_observed: sum,
  })
  .readonly()

/** What the authors of a term add up to, by the way in which their depth was found out. */
export type MethodFigures = z.infer<typeof methodFigures>

const topic = z
  .object({
    kind: z.enum(['hashtag', 'mention', 'domain', 'word']),
    topic: z.string(),
    volume: count,
    previous_volume: count.nullable(),
    change_percent: z.number().nullable(),
    authors: count.nullable(),
    reach: count.nullable(),
    sentiment,
  })
  .readonly()

/** How much a term is about a topic. */
export type Topic = z.infer<typeof topic>

const country = z
  .object({
    country: z.string(),
    volume: count,
    share: z.number().min(0).max(100),
    authors: count.nullable(),
    by_coordinates: count,
    by_place: count,
    by_location: count,
    reach: count.nullable(),
    sentiment,
  })
  .readonly()

/** A country's share of a term; `unknown` is what could not be placed. */
export type Country = z.infer<typeof country>

/**
 * What a term's authors add up to. Reads each of their rows, so keep the result; it stays the same for a batch.
 * `claimed_observed` is the observed retweets of those authors whose claimed ones are known.
 */
export async function readMethodFigures(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
): Promise<readonly MethodFigures[]> {
  const { rows } =
    await sql`select depth_method, count(*) as authors, count(influence) as scored, count(followers) as with_followers,
      count(favourites) as with_favourites, cast(sum(tweets) as double) as tweets,
      cast(sum(retweets) as double) as retweets, cast(sum(claimed_retweets) as double) as claimed_retweets,
      cast(sum(if(claimed_retweets is null, null, retweets)) as double) as claimed_observed
    from author_score
    where term = ${term} and window_hours = ${windowHours} and slot_end = ${slotEnd}
    group by depth_method
  `.execute(db)
  return checkedRows(rows, { table: 'author_score', row: methodFigures })
}

/** All leading topics of a term, of each kind by volume. */
export async function readTopics(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
): Promise<readonly Topic[]> {
  const rows = await db
    .selectFrom('topic_score')
    .selectAll()
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', '=', slotEnd)
    .orderBy('kind')
    .orderBy('volume', 'desc')
    .orderBy('topic')
    .execute()
  return checkedRows(rows, { table: 'topic_score', row: topic })
}

/** The countries of a term, the largest first; there are at most 250. */
export async function readCountriesOfTerm(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
): Promise<readonly Country[]> {
  const rows = await db
    .selectFrom('geography_score')
    .selectAll()
    .where('term', '=', term)
    .where('window_hours', '=', windowHours)
    .where('slot_end', '=', slotEnd)
    .orderBy('volume', 'desc')
    .orderBy('country')
    .execute()
  return checkedRows(rows, { table: 'geography_score', row: country })
}
