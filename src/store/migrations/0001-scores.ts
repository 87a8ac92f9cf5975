import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import {
  checks,
  checksOf,
  FOR_PEOPLE,
  HASH,
  notNegative,
  percentage,
  SLOT_CHECKS,
  TABLE_OPTIONS,
} from './ddl.ts'

const counts = ['observations', 'duplicates', 'rejected', 'cascades', 'authors']
// prettier-ignore
const scoreMeasures = [
  'tweets', 'retweets', 'claimed_retweets', 'coverage', 'favourites', 'followers', 'retweeters',
  'non_primary_retweets', 'mean_depth', 'max_depth', 'amplification', 'engagement_rate',
]
const scoreParts = [
  'retweets_part',
  'favourites_part',
  'followers_part',
  'depth_part',
  'influence',
  'percentile',
]

// `if not exists` throughout: MySQL cannot roll DDL back, so a migration that was cut short must run again.
const statements: readonly string[] = [
  `create table if not exists author_score (
    term varchar(255) not null,
    window_hours smallint not null,
    slot_end datetime(6) not null,
    author_id varchar(64) not null,
    kernel varchar(64) not null,
    depth_method varchar(16) not null,
    tweets int not null,
    retweets bigint not null,
    claimed_retweets bigint null,
    coverage double null,
    favourites bigint null,
    followers bigint null,
    retweeters bigint not null,
    non_primary_retweets double null,
    mean_depth double null,
    max_depth double null,
    amplification double null,
    engagement_rate double null,
    sentiment double null,
    retweets_part double null,
    favourites_part double null,
    followers_part double null,
    depth_part double null,
    influence double null,
    rank_in_term int not null,
    percentile double not null,
    primary key (term, window_hours, slot_end, author_id),
    key author_score_ranking (slot_end, window_hours, rank_in_term),
    ${checks('author_score', {
      ...SLOT_CHECKS,
      term: "term <> ''",
      author_id: "author_id <> ''",
      depth_method: "depth_method in ('explicit', 'follows', 'expected', 'none')",
      ...checksOf(scoreMeasures, notNegative),
      sentiment: 'sentiment between -1 and 1',
      ...checksOf(scoreParts, percentage),
      rank_in_term: 'rank_in_term >= 1',
    })}
  ) ${TABLE_OPTIONS}`,

  `create table if not exists author (
    author_id varchar(64) not null primary key,
    name varchar(255) ${FOR_PEOPLE} null,
    screen_name varchar(255) ${FOR_PEOPLE} null,
    location varchar(255) ${FOR_PEOPLE} null,
    image varchar(2048) null,
    followers bigint null,
    seen_at datetime(6) not null,
    ${checks('author', { author_id: "author_id <> ''", followers: 'followers >= 0' })}
  ) ${TABLE_OPTIONS}`,

  `create table if not exists rejected (
    rejected_id char(64) ${HASH} not null primary key,
    object varchar(1024) null,
    block_start bigint null,
    record_number bigint null,
    reason varchar(255) not null,
    record text null,
    batch_id char(36) ${HASH} not null,
    key rejected_batch (batch_id)
  ) ${TABLE_OPTIONS}`,

  `create table if not exists batch (
    batch_id char(36) ${HASH} not null primary key,
    slot_end datetime(6) not null,
    window_hours smallint not null,
    kernel varchar(64) not null,
    state varchar(16) not null,
    created_at datetime(6) not null,
    key batch_slot (slot_end, window_hours),
    ${checks('batch', { ...SLOT_CHECKS, state: "state in ('open', 'published', 'failed')" })}
  ) ${TABLE_OPTIONS}`,

  `create table if not exists slot_run (
    slot_end datetime(6) not null,
    window_hours smallint not null,
    state varchar(16) not null,
    kernel varchar(64) not null,
    batch_id char(36) ${HASH} not null,
    observations bigint null,
    duplicates bigint null,
    rejected bigint null,
    cascades bigint null,
    authors bigint null,
    started_at datetime(6) not null,
    published_at datetime(6) null,
    primary key (slot_end, window_hours),
    ${checks('slot_run', {
      ...SLOT_CHECKS,
      state: "state in ('running', 'published', 'failed')",
      ...checksOf(counts, notNegative),
    })}
  ) ${TABLE_OPTIONS}`,

  // Staging takes what Spark sends; the published tables check it when it moves.
  `create table if not exists author_score_staging (
    staging_id bigint not null auto_increment primary key,
    batch_id char(36) ${HASH} not null,
    term varchar(255) null,
    window_hours smallint null,
    slot_end datetime(6) null,
    author_id varchar(64) null,
    kernel varchar(64) null,
    depth_method varchar(16) null,
    tweets int null,
    retweets bigint null,
    claimed_retweets bigint null,
    coverage double null,
    favourites bigint null,
    followers bigint null,
    retweeters bigint null,
    non_primary_retweets double null,
    mean_depth double null,
    max_depth double null,
    amplification double null,
    engagement_rate double null,
    sentiment double null,
    retweets_part double null,
    favourites_part double null,
    followers_part double null,
    depth_part double null,
    influence double null,
    rank_in_term int null,
    percentile double null,
    name text null,
    screen_name text null,
    location text null,
    image text null,
    seen_at datetime(6) null,
    key author_score_staging_batch (batch_id)
  ) ${TABLE_OPTIONS}`,

  `create table if not exists rejected_staging (
    staging_id bigint not null auto_increment primary key,
    batch_id char(36) ${HASH} not null,
    rejected_id char(64) ${HASH} null,
    object text null,
    block_start bigint null,
    record_number bigint null,
    reason text null,
    record mediumtext null,
    key rejected_staging_batch (batch_id)
  ) ${TABLE_OPTIONS}`,
]

/** Creates the published tables, the ledger of slots and batches, and the tables that Spark writes to. */
export async function createScoreTables(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
