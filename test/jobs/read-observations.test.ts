import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { count, countDistinct, countIf, when } from 'spark-connect-js/functions'

import { readObservations } from '../../src/jobs/read-observations.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA'] ?? ''
const itOnRealData = existsSync(join(REAL_DATA, 'x_v2')) ? it : it.skip

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

let reads = 0

/** What the records of some objects come to; versions of a tweet, and an event told twice, are duplicates. */
async function explained(...inputs: readonly string[]) {
  const silver = `${await bench.write('')}-silver-${(reads += 1)}`
  const read = await readObservations({ spark: bench.spark, inputs, silver, term: 'tests', options: {} })
  const { records, ...counts } = read
  const [row] = await records
    .agg((c) => {
      const isUsable = c.reject_reason.isNull()
      const isDeletion = c.kind.eq('delete')
      return {
        records: count(),
        tweets: countDistinct(when(isUsable.and(isDeletion.eq(false)), c.tweet_id)),
        deletions: countDistinct(when(isUsable.and(isDeletion), c.author_id)),
        usable: countIf(isUsable),
      }
    })
    .collect()
  if (row === undefined) throw new Error('an aggregate without groups gave no row')
  const observations = Number(row.tweets + row.deletions)
  expect(counts.usable).toBe(Number(row.usable))
  expect(counts.usable + counts.rejected).toBe(Number(row.records))
  const duplicates = Number(row.usable) - observations
  return { records: Number(row.records), observations, duplicates, rejected: counts.rejected }
}

const V2 = ['x_v2/edited_before.jsonl', 'x_v2/edited_after.jsonl'] as const

/** Each real file with its records, observations, duplicates and rejected ones. */
const FILES: readonly (readonly [readonly string[], number, number, number, number])[] = [
  [['pheme_germanwings.v11.jsonl.gz'], 1855, 1855, 0, 0],
  [['evently.v11.jsonl.gz'], 359, 359, 0, 0],
  [['x_v2/noflat.jsonl.gz'], 100, 100, 0, 0],
  [['x_v2/geo_tweets.jsonl'], 2, 2, 0, 0],
  [['x_v2/streaming_output_with_error.jsonl'], 8, 7, 0, 1],
  [['x_v2/edited_before.jsonl'], 1, 1, 0, 0],
  [['x_v2/edited_after.jsonl'], 1, 1, 0, 0],
  [V2, 2, 1, 1, 0],
  [['x_v2/tweets_compliance.jsonl'], 2, 2, 0, 0],
  [['x_v2/users_compliance.jsonl'], 2, 1, 1, 0],
]

describe('every record is explained', () => {
  itOnRealData.each(FILES)('of %s', async (files, records, observations, duplicates, rejected) => {
    const found = await explained(...files.map((file) => join(REAL_DATA, file)))
    expect(found).toEqual({ records, observations, duplicates, rejected })
    expect(observations + duplicates + rejected).toBe(records)
  })

  itOnRealData('of all of them at once', async () => {
    const files = new Set(FILES.flatMap(([names]) => names))
    const found = await explained(...[...files].map((file) => join(REAL_DATA, file)))
    expect(found).toEqual({ records: 2330, observations: 2327, duplicates: 2, rejected: 1 })
  })

  it('of a line that mixes all formats, a deletion not counting as news', async () => {
    const flat = {
      status_id: '1',
      status_created_at: 'Sun Dec 09 22:10:30 +0000 2018',
      status_user_id: '5',
      searched_names: 'lamps',
    }
    const v11 = { id_str: '2', created_at: 'Tue Mar 24 10:45:02 +0000 2015', user: { id_str: '6' } }
    const v2 = { data: [{ id: '3', author_id: '7', created_at: '2018-12-10T00:00:00.000Z' }] }
    const bluesky = { did: 'did:plc:a', time_us: 1, kind: 'identity' }
    const deletion = { delete: { status: { id: 1, user_id: 5 }, timestamp_ms: '1700000000000' } }
    const line = [flat, v11, v2, bluesky, deletion].map((record) => JSON.stringify(record)).join('')
    const path = await bench.write(`${line}{"cut":`)
    const read = await readObservations({
      spark: bench.spark,
      inputs: [path],
      silver: `${path}-silver`,
      term: 'tests',
      options: {},
    })
    const rows = await read.records.orderBy((c) => c.record_id).collect()
    expect(rows.map((row) => row.tweet_id)).toEqual(['1', '2', '3', null, '1', null])
    expect(read).toMatchObject({ usable: 4, rejected: 2, deletions: 1 })
    expect(read.newest?.toISOString()).toBe('2018-12-10T00:00:00.000Z')
  })
})
