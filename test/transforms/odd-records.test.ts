import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { count, countDistinct } from 'spark-connect-js/functions'

import { ParsedRecord } from '../../src/schema/observation.ts'
import { OTHER_FORMAT } from '../../src/transforms/observation/parsed-columns.ts'
import { toObservations } from '../../src/transforms/observation/to-observations.ts'
import { explodeRecords } from '../../src/transforms/record/explode-records.ts'
import { parseLines } from '../../src/transforms/record/parse-lines.ts'
import { toRejected } from '../../src/transforms/record/to-rejected.ts'
import type { TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'
import { rowDifferences } from './frame-equality.ts'
import { readTogether } from './read-together.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const EVENTLY = REAL_DATA ? join(REAL_DATA, 'evently.v11.jsonl.gz') : ''
const itOnRealData = existsSync(EVENTLY) ? it : it.skip

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b))

const parsedBy = ({ spark }: TransformBench, paths: readonly string[], term?: string) =>
  spark.read
    .text(...paths)
    .transform(parseLines())
    .transform(explodeRecords())
    .transform(toObservations({ term }))

const parsed = (path: string, term?: string) => parsedBy(bench, [path], term)

let silvers = 0

/** As in the job: what is rejected is read from silver, so that its plan is small. */
async function rejectedIn(path: string, term?: string) {
  const silver = `${path}-silver-${(silvers += 1)}`
  await parsed(path, term).write.parquet(silver)
  return bench.spark.read.schema(ParsedRecord).parquet(silver).transform(toRejected()).collect()
}

const { read, itReads, readAll } = readTogether((on, paths) =>
  parsedBy(on, paths, 'tests')
    .orderBy((c) => c.record_id)
    .collect(),
)

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
  await readAll(bench)
})
afterAll(() => bench[Symbol.asyncDispose]())

const TIME = 'Tue Mar 24 10:45:02 +0000 2015'
const tweet = (id: string, more: object = {}) => ({
  id_str: id,
  created_at: TIME,
  text: `text of ${id}`,
  user: { id_str: `u${id}`, followers_count: 7 },
  ...more,
})
const line = (id: string, more: object = {}): string => JSON.stringify(tweet(id, more))

describe('an object', () => {
  itReads('may be compressed', async () => {
    const rows = await read(gzipSync(`${line('1')}\n${line('2')}${line('3')}`), 'gz')
    expect(rows.map((row) => [row.tweet_id, row.reject_reason])).toEqual([
      ['1', null],
      ['2', null],
      ['3', null],
    ])
    expect(rows[0]?.source_object).toMatch(/\.gz$/)
  })

  itReads('may hold control characters in a text, but not in the place of a quote', async () => {
    const inText = line('1', { text: 'a?b' }).replace('?', '\u0002')
    const asQuote = line('2', { kind: 'x?', more: 'y' }).replace('?"', '\u0002')
    const rows = await read([inText, asQuote, line('3')].join('\n'))
    expect(rows.map((row) => [row.tweet_id, row.text, row.reject_reason])).toEqual([
      ['1', 'a\u0002b', null],
      [null, null, 'not one whole JSON object'],
      ['3', 'text of 3', null],
    ])
  })

  itReads('may hold bytes that are no text; the records beside them stay', async () => {
    const broken = Buffer.from(line('2', { text: 'a?b' }))
    broken[broken.indexOf('?')] = 0xff
    const rows = await read(
      Buffer.concat([Buffer.from(`${line('1')}\n`), broken, Buffer.from(`\n${line('3')}`)]),
    )
    expect(rows.map((row) => [row.tweet_id, row.reject_reason])).toEqual([
      ['1', null],
      ['2', null],
      ['3', null],
    ])
    expect(rows[1]?.text).toBe('a\uFFFDb')
  })

  itReads('may hold a record of a megabyte', async () => {
    const long = 'long '.repeat(200_000)
    const rows = await read(`${line('1', { text: long })}${line('2')}\n${line('3', { text: long })}!\n`)
    expect(rows.map((row) => row.reject_reason)).toEqual([null, null, 'not one whole JSON object'])
    expect(rows[0]?.text?.length).toBe(long.length)
    expect(rows[2]?.rejected_record).toBe(line('3', { text: long }).slice(0, 2000))
  })

  itReads('loses no more than the record that follows one cut without a line end', async () => {
    const rows = await read(`${line('1')}${line('2').slice(0, -30)}${line('3')}${line('4')}`)
    expect(rows.map((row) => row.tweet_id)).toEqual(['1', null, '4'])
    // Both are still there to be read.
    expect(rows[1]?.rejected_record).toContain('"id_str":"3"')
  })
})

describe('a tweet of the X API v1.1', () => {
  itReads('has its whole text where it was shortened, and so has its root', async () => {
    const shortened = { text: 'short…', extended_tweet: { full_text: 'all of it' } }
    const [streamed, asked] = await read(
      [
        line('1', { text: 'RT…', retweeted_status: tweet('10', shortened) }),
        line('2', {
          text: undefined,
          full_text: 'RT all',
          retweeted_status: tweet('10', { full_text: 'all' }),
        }),
      ].join('\n'),
    )
    expect([streamed?.text, streamed?.root_text]).toEqual([null, 'all of it'])
    expect([asked?.text, asked?.root_text]).toEqual([null, 'all'])
  })

  itReads('that retweets a quote spreads what the quote quotes, one level deeper', async () => {
    const quote = tweet('10', { quoted_status: tweet('100') })
    const rows = await read(
      [
        line('1', { retweeted_status: quote }),
        line('2', {
          retweeted_status: tweet('10'),
          quoted_status: tweet('100'),
          quoted_status_id_str: '100',
        }),
        line('3', { retweeted_status: tweet('10'), quoted_status_id_str: '100' }),
      ].join('\n'),
    )
    const found = rows.map((row) => [
      row.kind,
      row.root_id,
      row.root_author_id,
      row.parent_id,
      row.parent_author_id,
    ])
    expect(found).toEqual([
      ['retweet', '100', 'u100', '10', 'u10'],
      ['retweet', '100', 'u100', '10', 'u10'],
      ['retweet', '10', 'u10', null, null],
    ])
  })

  itReads('loses only what is of another type than it should be', async () => {
    const odd = { place: 'Rome', coordinates: [], entities: [], retweeted_status: 'None', extended_tweet: 7 }
    const rows = await read(
      [line('1', odd), line('2', { coordinates: { coordinates: [1] } }), line('3', { user: [] })].join('\n'),
    )
    expect(rows.map((row) => [row.kind, row.text, row.latitude, row.reject_reason])).toEqual([
      ['original', 'text of 1', null, null],
      ['original', 'text of 2', null, null],
      [null, null, null, OTHER_FORMAT],
    ])
  })

  itReads('has no place that is not on the globe', async () => {
    const rows = await read(
      [
        line('1', { coordinates: { coordinates: [181, 91] } }),
        line('2', { coordinates: { coordinates: [180, -90] } }),
        line('3', { coordinates: null, place: null }),
      ].join('\n'),
    )
    expect(rows.map((row) => [row.longitude, row.latitude, row.place_country])).toEqual([
      [null, null, null],
      [180, -90, null],
      [null, null, null],
    ])
  })

  itReads('keeps every digit of an id beyond 64 bits, and of one that is a number', async () => {
    const [row] = await read(
      `{"id_str":98765432109876543210,"created_at":"${TIME}","user":{"id_str":18446744073709551616}}`,
    )
    expect(row).toMatchObject({
      tweet_id: '98765432109876543210',
      author_id: '18446744073709551616',
      reject_reason: null,
    })
  })

  itReads('may say in several ways whether its author is verified', async () => {
    const ways = ['false', '"False"', '"true"', '"None"', 'null']
    const user = (verified: string) => `{"id_str":"5","verified":${verified}}`
    const rows = await read(
      ways.map((way) => `{"id_str":"1","created_at":"${TIME}","user":${user(way)}}`).join('\n'),
    )
    expect(rows.map((row) => row.author_verified)).toEqual([false, false, true, null, null])
    expect(rows.map((row) => row.reject_reason)).toEqual(ways.map(() => null))
  })
})

const TIMES: readonly (readonly [string, string | null])[] = [
  ['Sun Dec 09 22:10:30 +0000 2018', '2018-12-09T22:10:30.000000Z'],
  ['Sun Dec 09 22:10:30 +0130 2018', '2018-12-09T20:40:30.000000Z'],
  ['Thu Feb 29 00:00:00 +0000 2024', '2024-02-29T00:00:00.000000Z'],
  ['Wed Feb 29 00:00:00 +0000 2023', null],
  ['Sun Dec 09 25:10:30 +0000 2018', null],
  ['Sun anF 09 22:10:30 +0000 2018', null],
  ['2018-12-09', null],
  ['None', null],
  ['', null],
]

describe('a time', () => {
  itReads('is read with its zone, or rejected', async () => {
    const rows = await read(
      TIMES.map(([text], index) => line(String(index), { created_at: text })).join('\n'),
    )
    const found = rows.map((row) => [row.tweeted_at?.toString() ?? null, row.reject_reason])
    expect(found).toEqual(TIMES.map(([, time]) => [time, time === null ? 'no readable time' : null]))
  })
})

describe('a rejected record', () => {
  const broken = ['{}', 'null', '"x"', '[]', '{"id_str":"1"', line('9', { created_at: 'None' })]

  it('carries its object, its number there, its reason and its text', async () => {
    const path = await bench.write([line('1'), ...broken, line('2')].join('\n'))
    const rows = await rejectedIn(path, 'tests')
    const found = rows.map(({ record_number, reason, record }) => ({ record_number, reason, record }))
    const reasons = [OTHER_FORMAT, ...Array.from({ length: 4 }, () => 'not one whole JSON object')]
    const expected = [...reasons, 'no readable time'].map((reason, index) => ({
      record_number: BigInt(index + 2),
      reason,
      record: broken[index],
    }))
    expect(rowDifferences(found, expected)).toEqual([])
    expect(rows.every((row) => row.object?.endsWith(path))).toBe(true)
  })

  it('has the same key when it is read again, and another than its neighbours', async () => {
    const path = await bench.write(['[]', '[]', line('1')].join('\n'))
    const ids = async () => (await rejectedIn(path)).map((row) => row.rejected_id ?? '').toSorted(compareText)
    const first = await ids()
    expect(new Set(first).size).toBe(3)
    expect(await ids()).toEqual(first)
  })
})

describe('a real stream', () => {
  itOnRealData('of 359 tweets is read without a loss', async () => {
    const [usable, ...others] = await parsed(EVENTLY, 'tests')
      .groupBy('reject_reason')
      .agg((c) => ({ tweets: count(), ids: countDistinct(c.tweet_id), places: count(c.place_country) }))
      .collect()
    expect(usable).toEqual({ reject_reason: null, tweets: 359n, ids: 359n, places: 10n })
    expect(others).toEqual([])
  })
})
