import type { ColumnType } from 'kysely'

/** How the depth of an author's cascades was found out. */
type DepthMethod = 'explicit' | 'follows' | 'expected' | 'none'

/** One author's score for one term, window and slot; see the first migration for units and ranges. */
interface AuthorScoreTable {
  readonly term: string
  readonly window_hours: number
  readonly slot_end: Date
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

interface AuthorTable {
  readonly author_id: string
  readonly name: string | null
  readonly screen_name: string | null
  readonly location: string | null
  readonly image: string | null
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
  readonly author: AuthorTable
  readonly rejected: RejectedTable
  readonly slot_run: SlotRunTable
  readonly batch: BatchTable
  readonly author_score_staging: AuthorScoreStagingTable
  readonly rejected_staging: Staged<Omit<RejectedTable, 'batch_id'>>
}

/** The columns that travel from staging to `author_score`. */
export const authorScoreColumns = [
  'term',
  'window_hours',
  'slot_end',
  'author_id',
  'kernel',
  'depth_method',
  'tweets',
  'retweets',
  'claimed_retweets',
  'coverage',
  'favourites',
  'followers',
  'retweeters',
  'non_primary_retweets',
  'non_primary_low',
  'non_primary_high',
  'mean_depth',
  'max_depth',
  'amplification',
  'engagement_rate',
  'sentiment',
  'retweets_part',
  'favourites_part',
  'followers_part',
  'depth_part',
  'influence',
  'rank_in_term',
  'percentile',
] as const satisfies readonly (keyof AuthorScoreTable)[]

/** The tables that Spark writes to. */
export const stagingTables = ['author_score_staging', 'rejected_staging'] as const
