import { crc32 } from 'node:zlib'

import type { SlotCounts } from '../../src/store/publish.ts'
import type { SlotRun } from '../../src/store/slot-runs.ts'
import {
  checksumColumns,
  slotTableNames,
  type SlotRows,
  type SlotTable,
} from '../../src/store/slot-tables.ts'

type Row = Readonly<Record<string, unknown>>

/** A staging row as Spark would write it; every value can be replaced. */
export function stagedScore(run: SlotRun, changes: Row = {}) {
  return {
    fence: run.fence,
    term: 'storm',
    window_hours: run.windowHours,
    slot_end: run.slotEnd,
    author_id: '9007199254740993',
    kernel: run.kernel,
    depth_method: 'expected',
    tweets: 2,
    retweets: 356n,
    claimed_retweets: 400n,
    coverage: 0.89,
    favourites: 218n,
    followers: 610_345n,
    retweeters: 350n,
    non_primary_retweets: 55.946,
    non_primary_low: 43.2,
    non_primary_high: 68.7,
    mean_depth: 1.178,
    max_depth: 1.9,
    amplification: 0.5,
    engagement_rate: 0.001,
    sentiment: -0.25,
    retweets_part: 51,
    favourites_part: 46,
    followers_part: 72,
    depth_part: 35,
    influence: 49.674,
    rank_in_term: 1,
    percentile: 100,
    name: 'Ada',
    screen_name: 'ada',
    location: 'Turin',
    image: 'https://example.org/ada.png',
    language: 'en',
    seen_at: '2026-01-02 03:04:05.678901',
    ...changes,
  }
}

/** A rejected record in staging; its id tells it apart. */
export function stagedRejection(run: SlotRun, rejectedId: string, changes: Row = {}) {
  return {
    fence: run.fence,
    batch_id: BATCH_ID,
    rejected_id: rejectedId.padEnd(64, '0'),
    object: 's3://raw/2026/01/02/03/storm-1',
    block_start: 0n,
    record_number: 7n,
    reason: 'not JSON',
    record: '{"status_id": "1',
    ...changes,
  }
}

const BATCH_ID = 'b0000000-0000-4000-8000-000000000001'

/** What Spark would have counted of rows in staging. */
export function countsOf(
  staged: Readonly<Partial<Record<SlotTable, readonly Row[]>>>,
  stagedRejected = 0,
): SlotCounts {
  const rows = Object.fromEntries(
    slotTableNames.map((table) => {
      const values = staged[table] ?? []
      const checksum = values.reduce((sum, row) => sum + checksumOf(table, row), 0n)
      return [table, { rows: values.length, checksum }]
    }),
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry a table
  const slotRows = rows as SlotRows
  return {
    observations: 10,
    duplicates: 1,
    setAside: 0,
    rejected: stagedRejected,
    stagedRejected,
    rows: slotRows,
  }
}

const checksumOf = (table: SlotTable, row: Row): bigint => {
  const values = checksumColumns[table].map((column) => row[column]).filter((value) => value !== null)
  return BigInt(crc32(values.map(String).join('|')))
}
