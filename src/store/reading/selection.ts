import { sql, type Kysely, type RawBuilder } from 'kysely'

import type { Tables } from '../tables.ts'
import type { ScoreKey } from './slot-key.ts'

/** Numbers that authors are sorted by. */
type SortColumn =
  | 'influence'
  | 'retweets'
  | 'favourites'
  | 'followers'
  | 'non_primary_retweets'
  | 'mean_depth'
  | 'engagement_rate'
  | 'sentiment'

/** Which authors of a slot, and in which order. What is undefined does not matter. */
export interface SelectionQuery {
  /** Only these authors. */
  readonly ids?: readonly string[] | undefined
  /** ISO 3166-1 alpha-2, or `unknown`. */
  readonly country?: string | undefined
  /** As the platform names it, or `unknown`. */
  readonly language?: string | undefined
  readonly leastFollowers?: number | undefined
  readonly method?: 'explicit' | 'follows' | 'expected' | 'none' | undefined
  readonly mood?: 'positive' | 'neutral' | 'negative' | 'unknown' | undefined
  readonly sort: SortColumn
  readonly order: 'asc' | 'desc'
  readonly limit: number
}

/** A mood up to this far from 0 is neutral, as in src/schema/sentiment.ts. */
export const NEUTRAL = 0.05

/** What the platform calls a language that it could not tell. */
export const UNDETERMINED = 'und'

/**
 * The ids of authors who fit, the first ones in the order asked for; unknown values come last either way, equals by
 * influence, then by their ids. Without ids it looks at each row of the term in the slot: keep what it gives.
 */
export async function readSelection(
  db: Kysely<Tables>,
  { term, windowHours, slotEnd }: ScoreKey,
  query: SelectionQuery,
): Promise<readonly string[]> {
  if (query.ids?.length === 0) return []
  const key = sql`score.term = ${term} and score.window_hours = ${windowHours} and score.slot_end = ${slotEnd}`
  const sorted = sql.ref(`score.${query.sort}`)
  const direction = query.order === 'asc' ? sql`asc` : sql`desc`
  // `straight_join`: from the slot's rows to their authors, as there are authors of many slots.
  const { rows } = await sql<{ readonly author_id: string }>`
    select straight_join score.author_id from author_score as score ${joinsOf(query)}
    where ${sql.join([key, ...conditionsOf(query)], sql` and `)}
    order by ${sorted} is null, ${sorted} ${direction}, score.influence desc, score.author_id limit ${query.limit}
  `.execute(db)
  return rows.map(({ author_id }) => author_id)
}

/** Who an author is, and where, only for those who ask: each costs more than all the rest. */
function joinsOf({ country, language }: SelectionQuery): RawBuilder<unknown> {
  if (country === undefined && language === undefined) return sql``
  const author = sql`left join author on author.author_id = score.author_id`
  if (country === undefined) return author
  // In the hash's own character set, or MySQL refuses to compare.
  const hash = sql`convert(sha2(author.location, 256) using ascii)`
  return sql`${author} left join location on location.location_hash = ${hash}`
}

function conditionsOf(query: SelectionQuery): readonly RawBuilder<unknown>[] {
  const { ids, country, language, leastFollowers, method, mood } = query
  return [
    ids !== undefined && sql`score.author_id in (${sql.join(ids)})`,
    country !== undefined && equalOrUnknown(sql`location.country`, country),
    language !== undefined && equalOrUnknown(sql`nullif(author.language, ${UNDETERMINED})`, language),
    leastFollowers !== undefined && sql`score.followers >= ${leastFollowers}`,
    method !== undefined && sql`score.depth_method = ${method}`,
    mood !== undefined && MOODS[mood],
  ].filter((condition) => condition !== false)
}

const equalOrUnknown = (column: RawBuilder<unknown>, value: string): RawBuilder<unknown> =>
  value === 'unknown' ? sql`${column} is null` : sql`${column} = ${value}`

const MOODS = {
  positive: sql`score.sentiment > ${NEUTRAL}`,
  neutral: sql`score.sentiment between ${-NEUTRAL} and ${NEUTRAL}`,
  negative: sql`score.sentiment < ${-NEUTRAL}`,
  unknown: sql`score.sentiment is null`,
} as const
