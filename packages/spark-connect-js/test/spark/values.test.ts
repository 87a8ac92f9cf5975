import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { schema, t, Timestamp, type AnyType, type LiteralValue, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { openSession } from './open-session.ts'

/** Each round is one query of up to this many values. */
const VALUES = { minLength: 20, maxLength: 60 } as const
const ROUNDS = { numRuns: 3 } as const

let spark: SparkSession
beforeAll(async () => {
  spark = await openSession()
})
afterAll(() => spark[Symbol.asyncDispose]())

const isoDates = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const timestamps = fc
  .bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n })
  .map((micros) => new Timestamp(micros))

/** A decimal of up to 38 digits, `scale` of them behind the point, as its text. */
const decimals = (scale: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }).map((unscaled) => {
    const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    return unscaled < 0n ? `-${text}` : text
  })

describe('a constant', () => {
  it.each<[string, AnyType, fc.Arbitrary<LiteralValue>]>([
    ['long', t.long, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['integer', t.integer, fc.integer()],
    // NaN, the infinities and minus zero among them.
    ['double', t.double, fc.double()],
    ['string', t.string, fc.string({ unit: 'binary' })],
    ['boolean', t.boolean, fc.boolean()],
    ['binary', t.binary, fc.uint8Array()],
    ['timestamp', t.timestamp, timestamps],
    ['timestamp_ntz', t.timestampNtz, timestamps.map((at) => at.toString().slice(0, -1))],
    ['date', t.date, isoDates],
    ['decimal without a fraction', t.decimal(38, 0), decimals(0)],
    ['decimal with one', t.decimal(38, 17), decimals(17)],
    ['decimal with nothing else', t.decimal(38, 38), decimals(38)],
  ])('goes to Spark and comes back the same: %s', async (_, type, values) => {
    await fc.assert(
      fc.asyncProperty(fc.array(values, VALUES), async (sent) => {
        const literals = sent.map((value) => F.lit(value, type))
        const frame = spark.range(0n, 1n).select(() => ({ values: F.array(...literals) }))
        expect(await frame.collect()).toStrictEqual([{ values: sent }])
      }),
      ROUNDS,
    )
  })

  it('holds the least and the greatest of each kind', async () => {
    const frame = spark.range(0n, 1n).select(() => ({
      bytes: F.array(F.lit(-128, t.byte), F.lit(127, t.byte)),
      shorts: F.array(F.lit(-32768, t.short), F.lit(32767, t.short)),
      integers: F.array(F.lit(-2147483648), F.lit(2147483647)),
      longs: F.array(F.lit(-9223372036854775808n), F.lit(9223372036854775807n)),
      floats: F.array(F.lit(1.5, t.float), F.lit(Infinity, t.float)),
      doubles: F.array(F.lit(Number.MIN_VALUE, t.double), F.lit(Number.MAX_VALUE, t.double)),
    }))
    expect(await frame.collect()).toStrictEqual([
      {
        bytes: [-128, 127],
        shorts: [-32768, 32767],
        integers: [-2147483648, 2147483647],
        longs: [-9223372036854775808n, 9223372036854775807n],
        floats: [1.5, Infinity],
        doubles: [Number.MIN_VALUE, Number.MAX_VALUE],
      },
    ])
  })
})

describe('a nested value', () => {
  it.each<[string, string, unknown]>([
    ['an array of arrays', 'array(array(1, null), null, array())', [[1, null], null, []]],
    ['an array of nulls', 'array(null, null)', [null, null]],
    ['an empty map', 'cast(map() as map<string, int>)', new Map()],
    ['a map of arrays', "map(1L, array('a', null))", new Map([[1n, ['a', null]]])],
    ['a map of dates', "map(date'1582-10-04', 1.50BD)", new Map([['1582-10-04', '1.50']])],
    ['a struct of nulls', 'named_struct("x", cast(null as bigint), "y", null)', { x: null, y: null }],
    ['a null struct', 'cast(null as struct<x: int>)', null],
    ['a struct without fields', 'named_struct()', {}],
    [
      'a struct in a struct',
      'named_struct("in", named_struct("at", timestamp_micros(-1), "bytes", X\'00FF\'))',
      { in: { at: new Timestamp(-1n), bytes: Uint8Array.of(0, 255) } },
    ],
    ['an array of structs with a null one', 'array(named_struct("d", 0.05BD), null)', [{ d: '0.05' }, null]],
    ['decimals of few digits', 'array(1.5BD, -0.1BD)', ['1.5', '-0.1']],
  ])('arrives whole: %s', async (_, sql, expected) => {
    expect(await spark.sql(`select ${sql} as value`).collect()).toStrictEqual([{ value: expected }])
  })

  it('is told apart by rows, nulls between values', async () => {
    const Nested = schema({ id: t.integer, at: t.timestamp.nullable, parts: t.array(t.long).nullable })
    const frame = spark.sql<typeof Nested>(
      'select * from values (1, timestamp_micros(1), array(1L, 2L)), (2, null, null), (3, timestamp_micros(3), array()) as v(id, at, parts)',
    )
    expect(await frame.orderBy((c) => c.id).collect()).toStrictEqual([
      { id: 1, at: new Timestamp(1n), parts: [1n, 2n] },
      { id: 2, at: null, parts: null },
      { id: 3, at: new Timestamp(3n), parts: [] },
    ])
  })

  it('belongs to its row alone: bytes are no view of a shared buffer', async () => {
    const [first, second] = await spark
      .sql<{ readonly bytes: typeof t.binary }>("select * from values (X'01'), (X'02') as v(bytes)")
      .collect()
    expect(first?.bytes.buffer).not.toBe(second?.bytes.buffer)
  })
})

describe('a column', () => {
  it('has the type that the server says', async () => {
    const frame = spark.sql(
      "select 1L as a, cast(null as string) as b, array(1, null) as c, map('k', 1.5BD) as d, named_struct('x', current_date()) as e, timestamp_ntz'2020-01-01' as f",
    )
    expect(await frame.schema()).toEqual({
      a: t.long,
      b: t.string.nullable,
      c: t.array(t.integer.nullable),
      d: t.map(t.string, t.decimal(2, 1)),
      e: t.struct({ x: t.date }),
      f: t.timestampNtz,
    })
  })
})
