import { z } from 'zod'

import { NEUTRAL, UNDETERMINED } from '../store/reading/selection.ts'
import type { RankedAuthor } from './snapshots.ts'
import { plainText } from './layout/people-text.ts'

/** What a ranking may be sorted by; each is a column of its table. */
export const SORTS = [
  'influence',
  'retweets',
  'favourites',
  'followers',
  'non_primary_retweets',
  'mean_depth',
  'engagement_rate',
  'sentiment',
] as const

export type Sort = (typeof SORTS)[number]

/** Rows of one page of the table. */
export const PAGE_ROWS = 25

const MOST_FOLLOWERS = 1_000_000_000

/** What the influencers' address may say. */
export const influencersQuery = z.object({
  search: z.string().trim().max(100, 'search takes at most 100 letters').default(''),
  country: z
    .string()
    .regex(/^([A-Z]{2}|unknown)$/, 'country takes two capital letters, or unknown')
    .optional(),
  language: z
    .string()
    .regex(/^[A-Za-z-]{2,16}$/, 'language takes a code such as en, or unknown')
    .optional(),
  followers: z.coerce
    .number('followers takes a whole number')
    .int('followers takes a whole number')
    .min(0, 'followers takes a number from 0')
    .max(MOST_FOLLOWERS, 'followers takes at most 1,000,000,000')
    .optional(),
  method: z
    .enum(['explicit', 'follows', 'expected', 'none'], 'method takes explicit, follows, expected or none')
    .optional(),
  mood: z
    .enum(['positive', 'neutral', 'negative', 'unknown'], 'mood takes positive, neutral, negative or unknown')
    .optional(),
  sort: z.enum(SORTS, `sort takes one of ${SORTS.join(', ')}`).default('influence'),
  order: z.enum(['desc', 'asc'], 'order takes desc or asc').default('desc'),
  page: z.coerce
    .number('page takes a whole number')
    .int()
    .min(1, 'page takes a number from 1')
    .max(10_000)
    .default(1),
})

export type InfluencersQuery = z.infer<typeof influencersQuery>

/** What an address says beside the place, without what it need not say. */
export function parametersOf(query: InfluencersQuery) {
  const { search, country, language, followers, method, mood, sort, order, page } = query
  return {
    search,
    country,
    language,
    followers,
    method,
    mood,
    sort: sort === 'influence' ? undefined : sort,
    order: order === 'desc' ? undefined : order,
    page: page === 1 ? undefined : page,
  }
}

/** The language of an author's newest tweet; `unknown` also where the platform could not tell. */
export const languageOf = ({ language }: Pick<RankedAuthor, 'language'>): string =>
  language === null || language === UNDETERMINED ? 'unknown' : language

/** Which mood a mean of sentiments is, -1 to 1. */
export function moodOf(sentiment: number | null): NonNullable<InfluencersQuery['mood']> {
  if (sentiment === null) return 'unknown'
  if (Math.abs(sentiment) <= NEUTRAL) return 'neutral'
  return sentiment > 0 ? 'positive' : 'negative'
}

/** The authors that fit the filters, in the order asked for; unknown values come last either way. */
export function selected(authors: readonly RankedAuthor[], query: InfluencersQuery): readonly RankedAuthor[] {
  const { country, language, followers, method, mood, sort, order } = query
  const isFound = searchOf(query.search)
  const fitting = authors.filter(
    (author) =>
      isFound(author) &&
      (country === undefined || (author.country ?? 'unknown') === country) &&
      (language === undefined || languageOf(author) === language) &&
      (followers === undefined || (author.followers !== null && author.followers >= followers)) &&
      (method === undefined || author.depth_method === method) &&
      (mood === undefined || moodOf(author.sentiment) === mood),
  )
  const direction = order === 'desc' ? -1 : 1
  return fitting.toSorted((one, other) => {
    const [left, right] = [one[sort], other[sort]]
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || one.rank - other.rank
    return (left - right) * direction || one.rank - other.rank
  })
}

/** By a part of the name, of the screen name or by the whole id, without regard to case and accents. */
export function searchOf(search: string): (author: RankedAuthor) => boolean {
  if (search === '') return () => true
  const wanted = plainText(search.replace(/^@/, ''))
  return ({ searchedBy, author_id }) => author_id === search || searchedBy.includes(wanted)
}

/** Whether an address asks for anything but the ranking as it is. */
export const isSelection = (query: InfluencersQuery): boolean =>
  Object.values(parametersOf({ ...query, page: 1 })).some((value) => value !== undefined && value !== '')

/** The rows of one page, and how many pages there are. */
export function pageOf<Row>(
  rows: readonly Row[],
  page: number,
): { readonly rows: readonly Row[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS))
  const within = Math.min(page, pages)
  return { rows: rows.slice((within - 1) * PAGE_ROWS, within * PAGE_ROWS), page: within, pages }
}
