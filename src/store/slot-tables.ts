import type {
  InfluenceEdgeTable,
  AuthorScoreTable,
  GeographyScoreTable,
  SentimentScoreTable,
  TopicScoreTable,
} from './tables.ts'

/** The columns that travel from staging to a slot's published rows, by table. Every slot replaces its rows in each. */
export const slotTables = {
  author_score: [
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
  topic_score: [
    'term',
    'window_hours',
    'slot_end',
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
    'term',
    'window_hours',
    'slot_end',
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
    'term',
    'window_hours',
    'slot_end',
    'author_id',
    'volume',
    'positive',
    'neutral',
    'negative',
    'unknown',
    'mean',
  ] satisfies readonly (keyof SentimentScoreTable)[],
  influence_edge: [
    'term',
    'window_hours',
    'slot_end',
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

/** Rows of each table that belong to one slot. */
export type SlotRows = Readonly<Record<SlotTable, number>>

export const slotTableNames = [
  'author_score',
  'topic_score',
  'geography_score',
  'sentiment_score',
  'influence_edge',
] as const satisfies readonly SlotTable[]

/** Where Spark writes a table's rows. */
export const stagingOf = <Name extends SlotTable>(table: Name) => `${table}_staging` as const

/** All the tables that Spark writes to. */
export const stagingTables = [...slotTableNames.map(stagingOf), 'rejected_staging'] as const
