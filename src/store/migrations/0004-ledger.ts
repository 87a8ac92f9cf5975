import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { checks, checksOf, HASH, notNegative, SLOT_CHECKS, TABLE_OPTIONS } from './ddl.ts'

const STAGING = [
  'author_score',
  'cascade_score',
  'topic_score',
  'geography_score',
  'sentiment_score',
  'influence_edge',
  'rejected',
].map((table) => `${table}_staging`)

const statements: readonly string[] = [
  // One row: whoever holds it may publish. Its fence rises each time it is taken.
  `create table if not exists lease (
    name varchar(64) not null primary key,
    holder varchar(255) not null,
    fence bigint not null,
    ttl_seconds double not null,
    expires_at datetime(6) not null
  ) ${TABLE_OPTIONS}`,

  // What a run is pointed at: each source has its own manifest.
  `create table if not exists source (
    source_id char(64) ${HASH} not null primary key,
    inputs text not null,
    term varchar(255) null,
    created_at datetime(6) not null
  ) ${TABLE_OPTIONS}`,

  // A frozen list of raw objects; a run that died leaves it to the next.
  `create table if not exists batch (
    batch_id char(36) ${HASH} not null primary key,
    source_id char(64) ${HASH} not null,
    seq bigint not null,
    state varchar(16) not null,
    slot_end datetime(6) null,
    objects bigint not null,
    bytes bigint not null,
    rejected bigint null,
    fence bigint not null,
    listed_at datetime(6) not null,
    parsed_at datetime(6) null,
    unique key batch_order (source_id, seq),
    key batch_state (source_id, state),
    key batch_slot (slot_end),
    ${checks('batch', {
      slot_end: SLOT_CHECKS.slot_end,
      state: "state in ('frozen', 'parsed', 'published')",
      ...checksOf(['seq', 'objects', 'bytes', 'rejected'], notNegative),
    })}
  ) ${TABLE_OPTIONS}`,

  // The hash is of source, bucket, key and etag: together they are too long for an index.
  `create table if not exists batch_object (
    object_hash char(64) ${HASH} not null primary key,
    batch_id char(36) ${HASH} not null,
    bucket varchar(255) not null,
    object_key varchar(1024) not null,
    etag varchar(255) not null,
    bytes bigint not null,
    is_gone tinyint not null default 0,
    key batch_object_batch (batch_id),
    ${checks('batch_object', { bytes: 'bytes >= 0', is_gone: 'is_gone in (0, 1)' })}
  ) ${TABLE_OPTIONS}`,

  // The manifest: which folders of silver count. One that is retired is removed later, as somebody may still read it.
  `create table if not exists silver (
    silver_id char(36) ${HASH} not null primary key,
    source_id char(64) ${HASH} not null,
    path varchar(1024) not null,
    first_seq bigint not null,
    last_seq bigint not null,
    usable bigint not null,
    rejected bigint not null,
    deletions bigint not null,
    has_parents tinyint not null,
    has_likes tinyint not null,
    has_follows tinyint not null,
    oldest datetime(6) null,
    newest datetime(6) null,
    created_at datetime(6) not null,
    retired_at datetime(6) null,
    key silver_of_source (source_id, retired_at),
    ${checks('silver', { last_seq: 'last_seq >= first_seq', ...checksOf(['usable', 'rejected', 'deletions'], notNegative) })}
  ) ${TABLE_OPTIONS}`,

  // Whom and what to forget, by hash, so that nothing of them is kept to forget them by.
  `create table if not exists deletion (
    subject_hash char(64) ${HASH} not null primary key,
    kind varchar(16) not null,
    reason varchar(64) not null,
    requested_at datetime(6) not null,
    done_at datetime(6) null,
    ${checks('deletion', { kind: "kind in ('author', 'tweet')" })}
  ) ${TABLE_OPTIONS}`,
]

/** Creates the lease, the manifest and the deletions; from here on a run is known by its fence. */
export async function createLedgerTables(db: Kysely<unknown>): Promise<void> {
  // Until now a batch was an attempt; nothing refers to those that ended.
  if (!(await hasColumn(db, 'batch', 'source_id'))) await sql`drop table if exists batch`.execute(db)
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of STAGING) await tagByFence(db, table)
  if (await hasColumn(db, 'slot_run', 'fence')) return
  await sql
    .raw(
      `alter table slot_run drop column batch_id, add column source_id char(64) ${HASH} null,
       add column batch_seq bigint null, add column set_aside bigint null, add column fence bigint not null default 0`,
    )
    .execute(db)
}

/** One statement a table, which InnoDB does whole or not at all: a migration that was cut short runs again. */
async function tagByFence(db: Kysely<unknown>, table: string): Promise<void> {
  if (await hasColumn(db, table, 'fence')) return
  await sql`delete from ${sql.table(table)}`.execute(db) // of attempts that nobody can publish any more
  const batch = table === 'rejected_staging' ? '' : 'drop column batch_id, '
  await sql
    .raw(
      `alter table ${table} drop key ${table}_batch, ${batch}add column fence bigint not null, add key ${table}_fence (fence)`,
    )
    .execute(db)
}

async function hasColumn(db: Kysely<unknown>, table: string, column: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = ${table} and column_name = ${column}
  `.execute(db)
  return rows.length > 0
}
