import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { checksOf, HASH, notNegative, percentage, slotTable, TABLE_OPTIONS } from './ddl.ts'

const SENTIMENT = { sentiment: 'sentiment between -1 and 1' }

const MEASURES = [
  'coverage',
  'non_primary_retweets',
  'non_primary_low',
  'non_primary_high',
  'mean_depth',
  'max_depth',
]
const COUNTS = ['retweets', 'claimed_retweets', 'favourites', 'retweeters']

const statements: readonly string[] = [
  ...slotTable({
    name: 'cascade_score',
    columns: {
      root_id: 'varchar(255)',
      author_id: 'varchar(64)',
      kernel: 'varchar(64)',
      depth_method: 'varchar(16)',
      tweeted_at: 'datetime(6) null',
      text: 'varchar(500) null',
      retweets: 'bigint',
      claimed_retweets: 'bigint null',
      coverage: 'double null',
      favourites: 'bigint null',
      retweeters: 'bigint',
      non_primary_retweets: 'double null',
      non_primary_low: 'double null',
      non_primary_high: 'double null',
      mean_depth: 'double null',
      max_depth: 'double null',
      sentiment: 'double null',
      seen_at: 'datetime(6)',
    },
    key: ['root_id'],
    checks: {
      root_id: "root_id <> ''",
      author_id: "author_id <> ''",
      depth_method: "depth_method in ('explicit', 'follows', 'expected', 'none')",
      ...checksOf([...COUNTS, ...MEASURES], notNegative),
      ...SENTIMENT,
    },
    indexes: { author: 'slot_end, window_hours, author_id' },
  }),
  ...slotTable({
    name: 'topic_score',
    columns: {
      kind: 'varchar(16)',
      topic: 'varchar(191)',
      volume: 'bigint',
      previous_volume: 'bigint null',
      change_percent: 'double null',
      authors: 'bigint null',
      reach: 'bigint null',
      sentiment: 'double null',
      rank_in_kind: 'int',
    },
    key: ['kind', 'topic'],
    checks: {
      kind: "kind in ('hashtag', 'mention', 'domain', 'word')",
      topic: "topic <> ''",
      ...checksOf(['volume', 'previous_volume', 'authors', 'reach'], notNegative),
      ...SENTIMENT,
      rank_in_kind: 'rank_in_kind >= 1',
    },
  }),
  ...slotTable({
    name: 'geography_score',
    columns: {
      country: 'varchar(8)',
      volume: 'bigint',
      share: 'double',
      authors: 'bigint null',
      by_coordinates: 'bigint',
      by_place: 'bigint',
      by_location: 'bigint',
      reach: 'bigint null',
      sentiment: 'double null',
    },
    key: ['country'],
    checks: {
      country: "country <> ''",
      ...checksOf(['volume', 'authors', 'by_coordinates', 'by_place', 'by_location', 'reach'], notNegative),
      share: percentage('share'),
      ...SENTIMENT,
    },
  }),
  ...slotTable({
    name: 'sentiment_score',
    columns: {
      author_id: 'varchar(64)',
      volume: 'bigint',
      positive: 'bigint',
      neutral: 'bigint',
      negative: 'bigint',
      unknown: 'bigint',
      mean: 'double null',
    },
    key: ['author_id'],
    checks: {
      ...checksOf(['volume', 'positive', 'neutral', 'negative', 'unknown'], notNegative),
      mean: 'mean between -1 and 1',
    },
  }),
  ...slotTable({
    name: 'influence_edge',
    columns: {
      amplifier_id: 'varchar(64)',
      author_id: 'varchar(64)',
      retweets: 'bigint',
      expected_children: 'double null',
      amplifier_followers: 'bigint null',
      amplifier_community: 'varchar(64) null',
      author_community: 'varchar(64) null',
    },
    key: ['amplifier_id', 'author_id'],
    checks: {
      amplifier_id: "amplifier_id <> ''",
      author_id: "author_id <> ''",
      ...checksOf(['retweets', 'expected_children', 'amplifier_followers'], notNegative),
    },
    indexes: { author: 'slot_end, window_hours, author_id' },
  }),
  `create table if not exists location (
    location_hash char(64) ${HASH} not null primary key,
    location varchar(255) not null,
    country varchar(2) null,
    resolver varchar(64) not null,
    resolved_at datetime(6) not null
  ) ${TABLE_OPTIONS}`,
]

/** Topics, countries, moods and who amplifies whom; and the cache of places that authors name. */
export async function createInfluenceTables(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
