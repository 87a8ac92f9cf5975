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
export const slotStates = ['running', 'published', 'failed'] as const
export type SlotState = (typeof slotStates)[number]

interface SlotRunTable {
  readonly slot_end: Date
  readonly window_hours: number
  readonly state: SlotState
  readonly kernel: string
  readonly source_id: string | null
  readonly batch_seq: bigint | null
  readonly fence: bigint
  readonly observations: bigint | null
  readonly duplicates: bigint | null
  readonly set_aside: bigint | null
  readonly rejected: bigint | null
  readonly cascades: bigint | null
  readonly authors: bigint | null
  readonly started_at: Date
  readonly published_at: Date | null
}

interface LeaseTable {
  readonly name: string
  readonly holder: string
  readonly fence: bigint
  readonly ttl_seconds: number
  readonly expires_at: Date
}

interface SourceTable {
  readonly source_id: string
  readonly inputs: string
  readonly term: string | null
  readonly created_at: Date
}

/** `frozen` until its records are in silver, `parsed` until a slot with its rejected records is published. */
type BatchState = 'frozen' | 'parsed' | 'published'

interface BatchTable {
  readonly batch_id: string
  readonly source_id: string
  readonly seq: bigint
  readonly state: BatchState
  readonly slot_end: Date | null
  readonly objects: bigint
  readonly bytes: bigint
  readonly rejected: ColumnType<bigint | null, undefined, bigint>
  readonly fence: bigint
  readonly listed_at: Date
  readonly parsed_at: ColumnType<Date | null, undefined, Date>
}

interface BatchObjectTable {
  readonly object_hash: string
  readonly batch_id: string
  readonly bucket: string
  readonly object_key: string
  readonly etag: string
  readonly bytes: bigint
  readonly is_gone: ColumnType<number, number | undefined, number>
}

interface SilverTable {
  readonly silver_id: string
  readonly source_id: string
  readonly path: string
  readonly first_seq: bigint
  readonly last_seq: bigint
  readonly usable: bigint
  readonly rejected: bigint
  readonly deletions: bigint
  readonly has_parents: number
  readonly has_likes: number
  readonly has_follows: number
  readonly oldest: Date | null
  readonly newest: Date | null
  readonly created_at: Date
  readonly retired_at: ColumnType<Date | null, undefined, Date>
}

interface DeletionTable {
  readonly subject_hash: string
  readonly kind: 'author' | 'tweet'
  readonly reason: string
  readonly requested_at: Date
  readonly done_at: ColumnType<Date | null, undefined, Date>
}

/** Spark writes an author's score and what is known of the author in one row. */
type AuthorScoreStagingTable = Staged<AuthorScoreTable & Omit<AuthorTable, 'author_id' | 'followers'>>

type Staged<Table> = { readonly [Name in keyof Table]: Table[Name] | null } & { readonly fence: bigint }

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
  readonly batch_object: BatchObjectTable
  readonly deletion: DeletionTable
  readonly lease: LeaseTable
  readonly silver: SilverTable
  readonly source: SourceTable
  readonly author_score_staging: AuthorScoreStagingTable
  readonly cascade_score_staging: Staged<CascadeScoreTable>
  readonly topic_score_staging: Staged<TopicScoreTable>
  readonly geography_score_staging: Staged<GeographyScoreTable>
  readonly sentiment_score_staging: Staged<SentimentScoreTable>
  readonly influence_edge_staging: Staged<InfluenceEdgeTable>
  readonly rejected_staging: Staged<RejectedTable>
}
