import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Row } from 'spark-connect-js'

import { replaySource } from '../../../src/collect/sources/replay.ts'
import type { ParsedRecord } from '../../../src/schema/observation.ts'
import type { TransformBench } from '../../transforms/cascade-frames.ts'
import { transformBench } from '../../transforms/cascade-frames.ts'
import { readRecords } from '../../transforms/read-records.ts'
import { collectedFrom } from '../collected.ts'
import { COMPLIANCE, FLAT, JETSTREAM, X_V1, X_V2 } from './fixtures.ts'
import { randomFlat, randomXV1, randomXV2 } from './random-records.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Parsed = Row<typeof ParsedRecord>
type Column = keyof typeof ParsedRecord

/** What a flat record has no room for. */
const LOST: readonly Column[] = [
  'edit_id',
  'author_name',
  'author_verified',
  'links',
  'latitude',
  'longitude',
  'place_country',
  'parent_screen_name',
]
/** What it has none for in a reply, as `rt_status_*` would be what is answered. */
const LOST_OF_REPLIES: readonly Column[] = [
  'root_retweets',
  'root_favourites',
  'root_author_name',
  'root_author_friends',
  'root_author_statuses',
  'root_author_listed',
  'root_author_favourites_given',
  'root_author_image',
]
/** What depends on where a record stood. */
const ELSEWHERE: readonly Column[] = ['source_object', 'block_start', 'record_id', 'rejected_record']

/** A row without what is lost, and with times in whole seconds. */
function comparable(row: Parsed): Readonly<Record<string, unknown>> {
  const lostOfKind = row.kind === 'reply' ? LOST_OF_REPLIES : []
  const left: ReadonlySet<string> = new Set([...LOST, ...ELSEWHERE, 'sentiment', ...lostOfKind])
  const kept = Object.entries(row).filter(([name]) => !left.has(name))
  const inSeconds = (value: unknown) => String(value).slice(0, 19)
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name.endsWith('_at') && value !== null ? inSeconds(value) : value]),
  )
}

const isUsable = (row: Parsed) => row.reject_reason === null
const reasonsOf = (rows: readonly Parsed[]) =>
  rows.map((row) => row.reject_reason).filter((reason) => reason !== null)

/** The rows read from records as they are, and from what replaying them collects. */
async function bothWays(records: readonly (string | object)[]) {
  const lines = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))
  const { records: collected, refused } = await collectedFrom(
    replaySource({ path: await bench.write(lines.join('\n')) }),
  )
  const [raw, flat] = [
    await readRecords(bench, lines),
    await readRecords(
      bench,
      collected.map(({ data }) => data),
    ),
  ]
  return { raw, flat, collected, refused: refused.map(({ reason }) => reason) }
}

async function expectSame(records: readonly (string | object)[]) {
  const { raw, flat, collected, refused } = await bothWays(records)
  const usable = flat.filter(isUsable)
  expect(usable.map(comparable)).toEqual(raw.filter(isUsable).map(comparable))
  expect([...refused, ...reasonsOf(flat)].toSorted()).toEqual(reasonsOf(raw).toSorted())
  expect(collected.map(({ tweetId }) => tweetId)).toEqual(
    flat.map((row) => row.tweet_id ?? row.author_id ?? ''),
  )
  return { usable, refused }
}

describe('what is collected reads as the record that it came from', () => {
  it('whatever its format; what a flat record cannot say goes on as it came', async () => {
    const { usable, refused } = await expectSame([...X_V1, ...X_V2, ...JETSTREAM, ...COMPLIANCE, ...FLAT])
    expect([usable.length, refused.length]).toEqual([43, 25])
    expect(
      Map.groupBy(usable, (row) => row.kind ?? '')
        .keys()
        .toArray()
        .toSorted(),
    ).toEqual(KINDS)
  })
})

const KINDS = ['delete', 'follow', 'like', 'original', 'quote', 'reply', 'retweet']

const RANDOM_RECORDS = 400

describe('of random records', () => {
  it('all that flat records can carry is the same', async () => {
    const record = fc.oneof(randomXV1, randomXV2, randomFlat)
    // By their seed, as hundreds of records are no counterexample that anybody would read.
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const { usable } = await expectSame(fc.sample(record, { seed, numRuns: RANDOM_RECORDS }))
      expect(usable.length).toBeGreaterThan(RANDOM_RECORDS / 10)
    })
    await fc.assert(property, { numRuns: 1, endOnFailure: true })
  })
})

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const realFiles = [
  'pheme_germanwings.v11.jsonl.gz',
  'evently.v11.jsonl.gz',
  'x_v2/noflat.jsonl.gz',
  'x_v2/geo_tweets.jsonl',
  'x_v2/streaming_output_with_error.jsonl',
  'x_v2/edited_before.jsonl',
  'x_v2/edited_after.jsonl',
  'x_v2/tweets_compliance.jsonl',
  'x_v2/users_compliance.jsonl',
].map((name) => join(REAL_DATA ?? '', name))
const onRealData = realFiles.every((path) => existsSync(path)) ? it : it.skip

describe('of real records', () => {
  onRealData('all that flat records can carry is the same', async () => {
    const texts = realFiles.map((path) => {
      const bytes = readFileSync(path)
      return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
    })
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
    const { usable } = await expectSame(lines)
    expect(usable.length).toBeGreaterThan(2_300)
  })
})
