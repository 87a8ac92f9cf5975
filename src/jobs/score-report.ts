import type { TopCountry, TopTopic } from '../store/term-summaries.ts'
import type { TopAuthor } from '../store/top-authors.ts'
import type { SlotCounts } from '../store/publish.ts'
import { isoSeconds } from './slot.ts'

/** What one run did, as `score --json` prints it. */
export interface ScoreReport {
  /** The slot's end, ISO 8601 UTC. */
  readonly slot: string
  readonly windowHours: number
  /** Distinct tweets up to the slot's end; `duplicates` are further sightings of them. */
  readonly observations: number
  readonly duplicates: number
  readonly rejected: number
  /** Usable records that are neither: deletions and what they delete, follows, and what came after the slot's end. */
  readonly set_aside: number
  readonly cascades: number
  readonly authors: number
  /** Rows of `author_score` that the slot has now. */
  readonly published: number
  readonly seconds: number
  /** The first authors of each term. */
  readonly top: readonly ReportedAuthor[]
  /** The first topics of each term and kind. */
  readonly topics: readonly ReportedTopic[]
  /** Every country of each term, and what is unknown. */
  readonly countries: readonly ReportedCountry[]
}

interface ReportedTopic {
  readonly term: string
  readonly kind: string
  readonly topic: string
  readonly rank: number
  readonly volume: number
  /** Since the window before; null if that is not known, or there was nothing. */
  readonly change_percent: number | null
  readonly authors: number | null
  readonly reach: number | null
  readonly sentiment: number | null
}

interface ReportedCountry {
  readonly term: string
  /** ISO 3166-1 alpha-2, or `unknown`. */
  readonly country: string
  readonly volume: number
  /** Of the term's volume, 0 to 100. */
  readonly share: number
  readonly authors: number | null
  readonly reach: number | null
  readonly sentiment: number | null
}

interface ReportedAuthor {
  readonly rank: number
  readonly term: string
  /** The screen name, or the id where it is unknown. */
  readonly author: string
  readonly author_id: string
  readonly name: string | null
  readonly influence: number | null
  readonly retweets: number
  readonly favourites: number | null
  readonly followers: number | null
  readonly non_primary_retweets: number | null
  readonly mean_depth: number | null
  readonly depth_method: string
  readonly retweets_part: number | null
  readonly favourites_part: number | null
  readonly followers_part: number | null
  readonly depth_part: number | null
}

interface ReportParts {
  readonly slotEnd: Date
  readonly windowHours: number
  readonly counts: SlotCounts
  readonly top: readonly TopAuthor[]
  readonly topics: readonly TopTopic[]
  readonly countries: readonly TopCountry[]
  readonly begunMs: number
}

export const reportOf = ({
  slotEnd,
  windowHours,
  counts,
  top,
  topics,
  countries,
  begunMs,
}: ReportParts): ScoreReport => ({
  slot: isoSeconds(slotEnd),
  windowHours,
  observations: counts.observations,
  duplicates: counts.duplicates,
  rejected: counts.rejected,
  set_aside: counts.setAside,
  cascades: counts.rows.cascade_score.rows,
  authors: counts.rows.author_score.rows,
  published: counts.rows.author_score.rows,
  seconds: Math.round(performance.now() - begunMs) / 1000,
  top: top.map(reportedAuthor),
  topics: topics.map(reportedTopic),
  countries: countries.map(reportedCountry),
})

const reportedAuthor = (author: TopAuthor): ReportedAuthor => ({
  rank: author.rank_in_term,
  term: author.term,
  author: author.screen_name ?? author.author_id,
  author_id: author.author_id,
  name: author.name,
  influence: author.influence,
  retweets: Number(author.retweets),
  favourites: numberOrNull(author.favourites),
  followers: numberOrNull(author.followers),
  non_primary_retweets: author.non_primary_retweets,
  mean_depth: author.mean_depth,
  depth_method: author.depth_method,
  retweets_part: author.retweets_part,
  favourites_part: author.favourites_part,
  followers_part: author.followers_part,
  depth_part: author.depth_part,
})

const reportedTopic = (topic: TopTopic): ReportedTopic => ({
  term: topic.term,
  kind: topic.kind,
  topic: topic.topic,
  rank: topic.rank_in_kind,
  volume: Number(topic.volume),
  change_percent: topic.change_percent,
  authors: numberOrNull(topic.authors),
  reach: numberOrNull(topic.reach),
  sentiment: topic.sentiment,
})

const reportedCountry = (country: TopCountry): ReportedCountry => ({
  term: country.term,
  country: country.country,
  volume: Number(country.volume),
  share: country.share,
  authors: numberOrNull(country.authors),
  reach: numberOrNull(country.reach),
  sentiment: country.sentiment,
})

// Counters stay far below 2^53, where JSON's numbers lose digits.
const numberOrNull = (count: bigint | null): number | null => (count === null ? null : Number(count))
