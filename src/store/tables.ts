import type { ColumnType } from 'kysely'

/** How the depth of an author's cascades was found out. */
type DepthMethod = 'explicit' | 'follows' | 'expected' | 'none'

/** What every row of a slot begins with. */
interface SlotKey {
  readonly term: string
  readonly window_hours: number
  readonly slot_end: Date
}

/** One author's score for one term, window and slot; see the first migration for units and ranges. */
export interface AuthorScoreTable extends SlotKey {
  readonly author_id: string
  readonly kernel: string
  readonly depth_method: DepthMethod
  readonly tweets: number
  readonly retweets: bigint
  readonly claimed_retweets: bigint | null
  readonly coverage: number | null
  readonly favourites: bigint | null
  readonly followers: bigint | null
  readonly retweeters: bigint
  readonly non_primary_retweets: number | null
  readonly non_primary_low: number | null
  readonly non_primary_high: number | null
  readonly mean_depth: number | null
  readonly max_depth: number | null
  readonly amplification: number | null
  readonly engagement_rate: number | null
  readonly sentiment: number | null
  readonly retweets_part: number | null
  readonly favourites_part: number | null
  readonly followers_part: number | null
  readonly depth_part: number | null
  readonly influence: number | null
  readonly rank_in_term: number
  readonly percentile: number
}

/** How far one tweet was carried. */
export interface CascadeScoreTable extends SlotKey {
  readonly root_id: string
  readonly author_id: string
  readonly kernel: string
  readonly depth_method: DepthMethod
  readonly tweeted_at: Date | null
  readonly text: string | null
  readonly retweets: bigint
  readonly claimed_retweets: bigint | null
  readonly coverage: number | null
  readonly favourites: bigint | null
  readonly retweeters: bigint
  readonly non_primary_retweets: number | null
  readonly non_primary_low: number | null
  readonly non_primary_high: number | null
  readonly mean_depth: number | null
  readonly max_depth: number | null
  readonly sentiment: number | null
  readonly seen_at: Date
}

/** How much a hashtag, mention, linked domain or word was used, and by how many. */
export interface TopicScoreTable extends SlotKey {
  readonly kind: 'hashtag' | 'mention' | 'domain' | 'word'
  readonly topic: string
  readonly volume: bigint
  readonly previous_volume: bigint | null
  readonly change_percent: number | null
  readonly authors: bigint | null
  readonly reach: bigint | null
  readonly sentiment: number | null
  readonly rank_in_kind: number
}

/** Events of one country (ISO 3166-1 alpha-2), or of `unknown`. */
export interface GeographyScoreTable extends SlotKey {
  readonly country: string
  readonly volume: bigint
  readonly share: number
  readonly authors: bigint | null
  readonly by_coordinates: bigint
  readonly by_place: bigint
  readonly by_location: bigint
  readonly reach: bigint | null
  readonly sentiment: number | null
}

/** The mood of what spreads an author's tweets; of the whole term where `author_id` is empty. */
export interface SentimentScoreTable extends SlotKey {
  readonly author_id: string
  readonly volume: bigint
  readonly positive: bigint
  readonly neutral: bigint
  readonly negative: bigint
  readonly unknown: bigint
  readonly mean: number | null
}

/** The country that was found for a location of a profile; null where there is none. */
export interface LocationTable {
  readonly location_hash: string // SHA-256 of the location
  readonly location: string
  readonly country: string | null // ISO 3166-1 alpha-2
  readonly resolver: string // what found it, with its version; `manual` for a person
  readonly resolved_at: Date
}

/** How much one user carried an author's tweets. */
export interface InfluenceEdgeTable extends SlotKey {
  readonly amplifier_id: string
  readonly author_id: string
  readonly retweets: bigint
  readonly expected_children: number | null
  readonly amplifier_followers: bigint | null
  readonly amplifier_community: string | null
  readonly author_community: string | null
}

interface AuthorTable {
  readonly author_id: string
  readonly name: string | null
  readonly screen_name: string | null
  readonly location: string | null
  readonly image: string | null
  readonly language: string | null
  readonly followers: bigint | null
  readonly seen_at: Date
}

interface RejectedTable {
  readonly rejected_id: string
  readonly object: string | null
  readonly block_start: bigint | null
  readonly record_number: bigint | null
  readonly reason: string
  readonly record: string | null
  readonly batch_id: string
}

/** `running` until the first publish; from then on it stays `published`, so that readers never lose a slot. */
type SlotState = 'running' | 'published' | 'failed'

interface SlotRunTable {
  readonly slot_end: Date
  readonly window_hours: number
  readonly state: SlotState
  readonly kernel: string
  readonly batch_id: string
  readonly observations: bigint | null
  readonly duplicates: bigint | null
  readonly rejected: bigint | null
  readonly cascades: bigint | null
  readonly authors: bigint | null
  readonly started_at: Date
  readonly published_at: Date | null
}

/** `open` while Spark may write to its staging rows. */
type BatchState = 'open' | 'published' | 'failed'

interface BatchTable {
  readonly batch_id: string
  readonly slot_end: Date
  readonly window_hours: number
  readonly kernel: string
  readonly state: BatchState
  readonly created_at: ColumnType<Date, Date | undefined, never>
}

/** Spark writes an author's score and what is known of the author in one row. */
type AuthorScoreStagingTable = Staged<AuthorScoreTable & Omit<AuthorTable, 'author_id' | 'followers'>>

type Staged<Table> = { readonly [Name in keyof Table]: Table[Name] | null } & { readonly batch_id: string }

/** Every table that the store's queries name. */
export interface Tables {
  readonly author_score: AuthorScoreTable
  readonly cascade_score: CascadeScoreTable
  readonly topic_score: TopicScoreTable
  readonly geography_score: GeographyScoreTable
  readonly sentiment_score: SentimentScoreTable
  readonly influence_edge: InfluenceEdgeTable
  readonly author: AuthorTable
  readonly location: LocationTable
  readonly rejected: RejectedTable
  readonly slot_run: SlotRunTable
  readonly batch: BatchTable
  readonly author_score_staging: AuthorScoreStagingTable
  readonly cascade_score_staging: Staged<CascadeScoreTable>
  readonly topic_score_staging: Staged<TopicScoreTable>
  readonly geography_score_staging: Staged<GeographyScoreTable>
  readonly sentiment_score_staging: Staged<SentimentScoreTable>
  readonly influence_edge_staging: Staged<InfluenceEdgeTable>
  readonly rejected_staging: Staged<Omit<RejectedTable, 'batch_id'>>
}
