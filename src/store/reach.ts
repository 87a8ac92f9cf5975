import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from './checked-rows.ts'
import type { Tables } from './tables.ts'

/** A slot that readers see. */
export interface PublishedSlot {
  readonly slotEnd: Date
  readonly windowHours: number
  readonly terms: readonly string[]
}

export interface SlotQuery {
  readonly slotEnd?: Date | undefined
  readonly windowHours?: number | undefined
}

/** Finds the newest published slot that fits, of one slot's windows the longest; undefined where there is none. */
export async function findPublishedSlot(
  db: Kysely<Tables>,
  { slotEnd, windowHours }: SlotQuery,
): Promise<PublishedSlot | undefined> {
  let query = db
    .selectFrom('slot_run')
    .select(['slot_end', 'window_hours'])
    .where('state', '=', 'published')
    .orderBy('slot_end', 'desc')
    .orderBy('window_hours', 'desc')
    .limit(1)
  if (slotEnd !== undefined) query = query.where('slot_end', '=', slotEnd)
  if (windowHours !== undefined) query = query.where('window_hours', '=', windowHours)
  const slot = await query.executeTakeFirst()
  if (slot === undefined) return undefined
  const terms = await db
    .selectFrom('author_score')
    .select('term')
    .distinct()
    .where('slot_end', '=', slot.slot_end)
    .where('window_hours', '=', slot.window_hours)
    .orderBy('term')
    .execute()
  return { slotEnd: slot.slot_end, windowHours: slot.window_hours, terms: terms.map(({ term }) => term) }
}

/** Which authors to read: the first of the ranking, or those of these ids or screen names. */
export interface ReachQuery {
  readonly slotEnd: Date
  readonly windowHours: number
  readonly term: string
  readonly authors: { readonly first: number } | { readonly named: readonly string[] }
}

// Counters stay far below 2^53.
const count = z.bigint().nonnegative().transform(Number)

const reachAuthor = z
  .object({
    author_id: z.string(),
    screen_name: z.string().nullable(),
    name: z.string().nullable(),
    rank_in_term: z.int().positive(),
    followers: count.nullable(),
    tweets: z.int().nonnegative(),
    retweets: count,
    retweeters: count,
  })
  .readonly()

const reachEdge = z
  .object({
    amplifier_id: z.string(),
    author_id: z.string(),
    retweets: count,
    amplifier_followers: count.nullable(),
  })
  .readonly()

/** Authors of one term by rank, and who amplifies them. */
export interface Reach {
  readonly authors: readonly z.infer<typeof reachAuthor>[]
  readonly edges: readonly z.infer<typeof reachEdge>[]
}

/**
 * Reads what the reach of authors is estimated by.
 * @throws StoreError `refused` when a row is not what the table promises
 */
export async function readReach(db: Kysely<Tables>, query: ReachQuery): Promise<Reach> {
  const authors = checkedRows(await authorRows(db, query), { table: 'author_score', row: reachAuthor })
  if (authors.length === 0) return { authors, edges: [] }
  const edges = await db
    .selectFrom('influence_edge')
    .select(['amplifier_id', 'author_id', 'retweets', 'amplifier_followers'])
    .where('term', '=', query.term)
    .where('slot_end', '=', query.slotEnd)
    .where('window_hours', '=', query.windowHours)
    .where(
      'author_id',
      'in',
      authors.map(({ author_id }) => author_id),
    )
    .orderBy('author_id')
    .orderBy('amplifier_id')
    .execute()
  return { authors, edges: checkedRows(edges, { table: 'influence_edge', row: reachEdge }) }
}

async function authorRows(db: Kysely<Tables>, { slotEnd, windowHours, term, authors }: ReachQuery) {
  if ('named' in authors && authors.named.length === 0) return []
  return db
    .selectFrom('author_score as score')
    .leftJoin('author', 'author.author_id', 'score.author_id')
    .select(['score.author_id', 'score.rank_in_term', 'score.followers', 'score.tweets', 'score.retweets'])
    .select(['score.retweeters', 'author.name', 'author.screen_name'])
    .where('score.term', '=', term)
    .where('score.slot_end', '=', slotEnd)
    .where('score.window_hours', '=', windowHours)
    .where((is) =>
      'first' in authors
        ? is('score.rank_in_term', '<=', authors.first)
        : is.or([is('score.author_id', 'in', authors.named), is('author.screen_name', 'in', authors.named)]),
    )
    .orderBy('score.rank_in_term')
    .orderBy('score.author_id')
    .execute()
}
