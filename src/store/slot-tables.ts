import type {
  InfluenceEdgeTable,
  AuthorScoreTable,
  CascadeScoreTable,
  GeographyScoreTable,
  SentimentScoreTable,
  TopicScoreTable,
} from './tables.ts'

/** What every row of a slot begins with. */
const SLOT_KEY = ['term', 'window_hours', 'slot_end'] as const

/** The columns that travel from staging to a slot's published rows, by table. Every slot replaces its rows in each. */
export const slotTables = {
  author_score: [
    ...SLOT_KEY,
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
  ] satisfies readonly (keyof AuthorScoreTable)[],
  cascade_score: [
    ...SLOT_KEY,
    'root_id',
    'author_id',
    'kernel',
    'depth_method',
    'tweeted_at',
    'text',
    'retweets',
    'claimed_retweets',
    'coverage',
    'favourites',
    'retweeters',
    'non_primary_retweets',
    'non_primary_low',
    'non_primary_high',
    'mean_depth',
    'max_depth',
    'sentiment',
    'seen_at',
  ] satisfies readonly (keyof CascadeScoreTable)[],
  topic_score: [
    ...SLOT_KEY,
    'kind',
    'topic',
    'volume',
    'previous_volume',
    'change_percent',
    'authors',
    'reach',
    'sentiment',
    'rank_in_kind',
  ] satisfies readonly (keyof TopicScoreTable)[],
  geography_score: [
    ...SLOT_KEY,
    'country',
    'volume',
    'share',
    'authors',
    'by_coordinates',
    'by_place',
    'by_location',
    'reach',
    'sentiment',
  ] satisfies readonly (keyof GeographyScoreTable)[],
  sentiment_score: [
    ...SLOT_KEY,
    'author_id',
    'volume',
    'positive',
    'neutral',
    'negative',
    'unknown',
    'mean',
  ] satisfies readonly (keyof SentimentScoreTable)[],
  influence_edge: [
    ...SLOT_KEY,
    'amplifier_id',
    'author_id',
    'retweets',
    'expected_children',
    'amplifier_followers',
    'amplifier_community',
    'author_community',
  ] satisfies readonly (keyof InfluenceEdgeTable)[],
} as const

export type SlotTable = keyof typeof slotTables

/**
 * What a table's checksum is made of, by Spark and by the database alike: texts and whole numbers, as sums of floating
 * numbers depend on the order of rows.
 */
export const checksumColumns = {
  author_score: [
    'term',
    'author_id',
    'tweets',
    'retweets',
    'claimed_retweets',
    'favourites',
    'followers',
    'retweeters',
  ],
  cascade_score: ['term', 'root_id', 'author_id', 'retweets', 'favourites', 'retweeters'],
  topic_score: ['term', 'kind', 'topic', 'volume', 'previous_volume'],
  geography_score: ['term', 'country', 'volume', 'by_coordinates', 'by_place', 'by_location'],
  sentiment_score: ['term', 'author_id', 'volume', 'positive', 'neutral', 'negative'],
  influence_edge: ['term', 'amplifier_id', 'author_id', 'retweets'],
} as const satisfies { readonly [Table in SlotTable]: readonly (typeof slotTables)[Table][number][] }

/** What tells a table's rows of one slot apart. */
export const slotKeys = {
  author_score: ['term', 'author_id'],
  cascade_score: ['term', 'root_id'],
  topic_score: ['term', 'kind', 'topic'],
  geography_score: ['term', 'country'],
  sentiment_score: ['term', 'author_id'],
  influence_edge: ['term', 'amplifier_id', 'author_id'],
} as const satisfies { readonly [Table in SlotTable]: readonly (typeof slotTables)[Table][number][] }

/** What Spark counted of the rows that it staged for one table. */
export interface StagedRows {
  readonly rows: number
  /** The sum of the CRC-32s of the rows' `checksumColumns`, joined by `|`; those that are null are left out. */
  readonly checksum: bigint
}

/** What was staged for each table of one slot. */
export type SlotRows = Readonly<Record<SlotTable, StagedRows>>

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the object's own keys
export const slotTableNames = Object.keys(slotTables) as readonly SlotTable[]

/** Where Spark writes a table's rows. */
export const stagingOf = <Name extends SlotTable>(table: Name) => `${table}_staging` as const

/** All the tables that Spark writes to. */
export const stagingTables = [...slotTableNames.map(stagingOf), 'rejected_staging'] as const
