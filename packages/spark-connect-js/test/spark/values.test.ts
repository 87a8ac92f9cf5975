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

/** Of any months and days; Spark sends the rest in nanoseconds, of which 64 bits hold 292 years. */
const calendarIntervals = fc.record(
  {
    months: fc.integer(),
    days: fc.integer(),
    microseconds: fc.bigInt({ min: -9_223_372_036_854_775n, max: 9_223_372_036_854_775n }),
  },
  { noNullPrototype: true },
)

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
    ['day-time interval', t.dayTimeInterval, fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n })],
    ['year-month interval', t.yearMonthInterval, fc.integer()],
    ['calendar interval', t.calendarInterval, calendarIntervals],
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

const STRUCT_OF_INTERVALS =
  "named_struct('d', interval '-0.000001' second, 'm', interval '1-2' year to month, 'c', array(make_interval(1, 0, 0, -2, 3000), null))"
const INTERVAL = { months: 12, days: -2, microseconds: 10_800_000_000_000n }

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
    ['a struct of intervals', STRUCT_OF_INTERVALS, { d: -1n, m: 14, c: [INTERVAL, null] }],
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

  it('has the type that a part of an interval stands for', async () => {
    const frame = spark.sql("select interval '1' day as d, interval '1' year as y, make_interval(1) as c")
    expect(await frame.schema()).toEqual({
      d: t.dayTimeInterval,
      y: t.yearMonthInterval,
      c: t.calendarInterval,
    })
  })
})

describe('a type that Spark 4 brought', () => {
  it('has a value: a variant, bytes that Spark reads again', async () => {
    const Variants = { whole: t.variant, part: t.string.nullable }
    const frame = spark.sql<typeof Variants>(
      `select v as whole, to_json(v) as part from values (parse_json('{"a": 1}')) as t(v)`,
    )
    expect(await frame.schema()).toEqual(Variants)
    const [row] = await frame.collect()
    expect(row).toEqual({
      whole: { value: Uint8Array.of(2, 1, 0, 0, 2, 12, 1), metadata: Uint8Array.of(1, 1, 0, 1, 97) },
      part: '{"a":1}',
    })
    expect(row?.whole.value.buffer).not.toBe(row?.whole.metadata.buffer)
  })

  it('has a value: a time of day, a shape', async () => {
    await using session = await openSession()
    await session.conf.set('spark.sql.timeType.enabled', 'true')
    await session.conf.set('spark.sql.geospatial.enabled', 'true')
    const POINT = '0101000000000000000000F03F0000000000000040'
    const frame = session.sql(
      `select array(time'00:00:00', time'23:59:59.999999', null) as times, st_geogfromwkb(X'${POINT}') as point`,
    )
    expect(await frame.schema()).toEqual({ times: t.array(t.time.nullable), point: t.geography })
    expect(await frame.collect()).toEqual([
      {
        times: ['00:00:00.000000', '23:59:59.999999', null],
        point: { srid: 4326, wkb: Uint8Array.from(Buffer.from(POINT, 'hex')) },
      },
    ])
    const noon = session.range(0n, 1n).select(() => ({ noon: F.lit('12:00:00.5', t.time) }))
    expect(await noon.collect()).toEqual([{ noon: '12:00:00.500000' }])
  })
})
