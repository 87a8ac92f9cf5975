import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema, SparkConnectError, SparkSession, t, Timestamp, Window } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { testServices } from '../../../test/environment/services.ts'
import { ENDLESS } from './spark/open-session.ts'

let spark: SparkSession
let folder: string
beforeAll(async () => {
  spark = await SparkSession.builder().remote(testServices().sparkRemote).getOrCreate()
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
})
afterAll(async () => {
  await spark[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const failure = async (work: Promise<unknown>): Promise<SparkConnectError> => {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(SparkConnectError)
  return error as SparkConnectError
}

describe('values from the server', () => {
  it.each([
    ['the smallest long', "cast('-9223372036854775808' as bigint)", -9223372036854775808n],
    ['a long beyond 2^53', '9007199254740993L', 9007199254740993n],
    ['an integer', '-2147483648', -2147483648],
    [
      'a decimal of 38 digits',
      "cast('-12345678901234567890123456789012345.678' as decimal(38,3))",
      '-12345678901234567890123456789012345.678',
    ],
    ['a decimal below one', "cast('-0.05' as decimal(10,2))", '-0.05'],
    ['NaN', "cast('NaN' as double)", Number.NaN],
    ['minus zero', "cast('-0.0' as double)", -0],
    ['infinity', "cast('-Infinity' as double)", -Infinity],
    ['a float', "cast('1.5' as float)", 1.5],
    ['an emoji', "'👩‍🚀 é'", '👩‍🚀 é'],
    ['an empty text', "''", ''],
    ['bytes', "X'00FF10'", Uint8Array.of(0, 255, 16)],
    ['a date before 1970', "date'1901-02-03'", '1901-02-03'],
    ['microseconds before 1970', "timestamp'1969-12-31T23:59:59.999999Z'", new Timestamp(-1n)],
    [
      'a time in the year 9999',
      "timestamp'9999-12-31T23:59:59.123456Z'",
      Timestamp.parse('9999-12-31T23:59:59.123456Z'),
    ],
    ['a clock reading', "timestamp_ntz'2020-01-02T03:04:05.000006'", '2020-01-02T03:04:05.000006'],
    ['null', 'cast(null as int)', null],
    ['an array with a null', 'array(1L, null)', [1n, null]],
    ['an empty array', 'cast(array() as array<string>)', []],
    [
      'a map',
      "map('a', 1L, 'b', null)",
      new Map([
        ['a', 1n],
        ['b', null],
      ]),
    ],
    [
      'a struct in an array',
      "array(named_struct('x', 1L, 'y', timestamp_micros(5)))",
      [{ x: 1n, y: new Timestamp(5n) }],
    ],
  ])('arrive whole: %s', async (_, sql, expected) => {
    expect(await spark.sql(`select ${sql} as value`).collect()).toStrictEqual([{ value: expected }])
  })

  it('leave as literals and come back the same', async () => {
    const at = Timestamp.parse('1969-12-31T23:59:59.999999Z')
    const frame = spark.range(0n, 1n).select(() => ({
      long: F.lit(-9223372036854775808n),
      double: F.lit(-0, t.double),
      text: F.lit('it’s "so" \\ 🌊'),
      at: F.lit(at),
      bytes: F.lit(Uint8Array.of(1, 2)),
      none: F.nullOf(t.string),
    }))
    const [row] = await frame.collect()
    expect(row).toStrictEqual({
      long: -9223372036854775808n,
      double: -0,
      text: 'it’s "so" \\ 🌊',
      at,
      bytes: Uint8Array.of(1, 2),
      none: null,
    })
  })
})

describe('a frame', () => {
  const numbers = () =>
    spark.range(0n, 10n).withColumns((c) => ({ third: c.id.mod(3), half: c.id.dividedBy(2) }))

  it('filters, groups, orders and windows', async () => {
    const rows = await numbers()
      .filter((c) => c.id.gt(0))
      .groupBy('third')
      .agg((c) => ({ n: F.count(), most: F.max(c.half) }))
      .withColumns((c) => ({
        so_far: F.sum(c.n).over(
          Window.orderBy(c.third).rowsBetween(Window.unboundedPreceding, Window.currentRow),
        ),
      }))
      .orderBy((c) => c.third.desc())
      .collect()
    expect(rows).toEqual([
      { third: 2n, n: 3n, most: 4, so_far: 9n },
      { third: 1n, n: 3n, most: 3.5, so_far: 6n },
      { third: 0n, n: 3n, most: 4.5, so_far: 3n },
    ])
  })

  it('joins by name and by condition, also with itself', async () => {
    const some = numbers()
      .filter((c) => c.id.lt(2))
      .select((c) => ({ id: c.id, name: F.concat('n', c.id.cast(t.string)) }))
    const left = await numbers().select('id').limit(3).join(some, { on: 'id', how: 'left' }).collect()
    expect(left.toSorted((a, b) => Number(a.id - b.id)).map((row) => row.name)).toEqual(['n0', 'n1', null])
    const next = some.withColumnsRenamed({ id: 'next_id', name: 'next_name' })
    const pairs = some.join(next, { on: (l, r) => l.id.plus(1).eq(r.next_id), how: 'inner' })
    expect(await pairs.collect()).toEqual([{ id: 0n, name: 'n0', next_id: 1n, next_name: 'n1' }])
    expect(await some.join(next, { on: (l, r) => l.id.eq(r.next_id), how: 'left_semi' }).count()).toBe(2n)
    expect(await numbers().join(some, { on: 'id', how: 'left_anti' }).count()).toBe(8n)
  })

  it('unites, drops nulls and repeats, and explains itself', async () => {
    const twice = numbers().select('third').unionByName(numbers().select('third'))
    expect(await twice.count()).toBe(20n)
    expect(await twice.dropDuplicates().count()).toBe(3n)
    const holes = numbers().select((c) => ({ x: F.when(c.id.gt(7), c.id) }))
    expect(await holes.dropna('x').count()).toBe(2n)
    expect(await holes.repartition(3).explain()).toContain('Physical Plan')
    expect(Object.keys(await numbers().schema())).toEqual(['id', 'third', 'half'])
  })

  it('is written to Parquet and read by its schema', async () => {
    const path = join(folder, 'numbers')
    await numbers().write.parquet(path)
    const read = spark.read.schema(schema({ id: t.long, half: t.double })).parquet(path)
    expect((await read.collect()).toSorted((a, b) => Number((a.id ?? 0n) - (b.id ?? 0n)))[9]).toEqual({
      id: 9n,
      half: 4.5,
    })
    const again = await failure(numbers().write.parquet(path))
    expect(again.errorClass).toBe('PATH_ALREADY_EXISTS')
  })

  it('is observed while it is written', async () => {
    await numbers()
      .observe('seen', (c) => ({ rows: F.count(), sum: F.sum(c.id) }))
      .write.json(join(folder, 'seen'))
    expect(spark.observed('seen')).toEqual({ rows: 10n, sum: 45n })
    expect(spark.observed('unseen')).toBeUndefined()
  })

  it('arrives row by row, and ends early when the reader leaves', async () => {
    const seen: bigint[] = []
    for await (const { id } of spark.range(0n, 5_000_000n)) if (seen.push(id) === 3) break
    expect(seen).toEqual([0n, 1n, 2n])
    expect(await spark.range(0n, 100_000n).collect()).toHaveLength(100_000)
  })
})

describe('a session', () => {
  it('keeps its configuration', async () => {
    await spark.conf.set('spark.sql.shuffle.partitions', '3')
    expect(await spark.conf.get('spark.sql.shuffle.partitions')).toBe('3')
    await spark.conf.unset('spark.sql.shuffle.partitions')
    expect(await spark.conf.get('no.such.key', 'fallback')).toBe('fallback')
  })

  it('interrupts the work on the server when the signal is aborted', async () => {
    const abort = new AbortController()
    const work = failure(
      spark.sql(ENDLESS).collect({ signal: abort.signal, onProgress: () => abort.abort() }),
    )
    expect((await work).code).toBe('CANCELLED')
    // The cores are free again: nothing of the endless query goes on.
    expect(await spark.range(0n, 1000n).count()).toBe(1000n)
  })

  it('gives Spark’s error class and SQLSTATE', async () => {
    const error = await failure(spark.sql('select nope from range(1)').collect())
    expect(error).toMatchObject({ errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION', sqlState: '42703' })
    expect(error.message).toContain('nope')
  })

  it('names an address at which nobody answers', async () => {
    const error = await failure(SparkSession.builder().remote('sc://127.0.0.1:1').getOrCreate())
    expect(error).toMatchObject({ code: 'UNAVAILABLE', isTransient: true })
    expect(error.message).toContain('127.0.0.1:1')
  })

  it('is refused with another token, which no message repeats', async () => {
    const remote = testServices().sparkRemote.replace(/token=.*/, 'token=not-the-token')
    const error = await failure(
      SparkSession.builder().remote(remote).config('spark.sql.ansi.enabled', 'true').getOrCreate(),
    )
    expect(error.code).toBe('UNAUTHENTICATED')
    expect(error.message).not.toContain('not-the-token')
  })

  it('does not take an address that is none', async () => {
    for (const remote of ['http://x', 'sc://h:99999', 'sc://h/path', 'sc://h/;token']) {
      expect((await failure(SparkSession.builder().remote(remote).getOrCreate())).code).toBe(
        'INVALID_ARGUMENT',
      )
    }
  })
})
