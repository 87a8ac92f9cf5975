import type { Batch } from '../../src/store/batches.ts'

/** A staging row as Spark would write it; every value can be replaced. */
export function stagedScore(batch: Batch, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    batch_id: batch.batchId,
    term: 'storm',
    window_hours: batch.windowHours,
    slot_end: batch.slotEnd,
    author_id: '9007199254740993',
    kernel: batch.kernel,
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
export function stagedRejection(
  batch: Batch,
  rejectedId: string,
  changes: Readonly<Record<string, unknown>> = {},
) {
  return {
    batch_id: batch.batchId,
    rejected_id: rejectedId.padEnd(64, '0'),
    object: 's3://raw/2026/01/02/03/storm-1',
    block_start: 0n,
    record_number: 7n,
    reason: 'not JSON',
    record: '{"status_id": "1',
    ...changes,
  }
}
