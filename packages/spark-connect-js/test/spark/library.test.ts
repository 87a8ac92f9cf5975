import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type AnyType, type Column, type DataFrame, type Schema, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { columnsOf } from '../../src/frame/columns.ts'
import { Shelf, type Fact } from './library/fact.ts'
import { arrayFacts, groupFacts, lambdaFacts, mapFacts, numberFacts, windowFacts } from './library/facts.ts'
import { openSession } from './open-session.ts'

const SHELF = `
  select true as bool, 1 as int, 1L as long, 1F as float, 1D as double, 12345678.90BD as price, 'a' as text,
    date'2020-01-01' as date, array(1) as ints, array(1, cast(null as int)) as ints_with_nulls, array('a') as texts,
    map('a', 1L) as counts, array(named_struct('x', 1D, 'y', cast(null as double))) as points,
    cast(null as boolean) as maybe_bool, cast(null as int) as maybe_int, cast(null as bigint) as maybe_long,
    cast(null as double) as maybe_double, cast(null as string) as maybe_text,
    if(rand() < 2, null, array(1)) as maybe_ints, if(rand() < 2, null, map('a', cast(null as bigint))) as maybe_counts`

let spark: SparkSession
let shelf: DataFrame<typeof Shelf>
beforeAll(async () => {
  spark = await openSession()
  const names = Object.keys(Shelf) as (keyof typeof Shelf)[]
  shelf = spark.sql<typeof Shelf>(SHELF).select(...names)
})
afterAll(() => spark[Symbol.asyncDispose]())

/** Whole types: DDL cannot say whether an element is null. */
const texts = (types: readonly AnyType[]): readonly string[] => types.map((type) => JSON.stringify(type))

const record = (facts: readonly Fact[]): Readonly<Record<string, Column<AnyType>>> =>
  Object.fromEntries(facts.map(({ column }, index) => [`c${index}`, column]))

describe('compiler and server have the same type', () => {
  const c = columnsOf<typeof Shelf>()

  it('for the columns that the facts begin with', async () => {
    expect(await shelf.schema()).toEqual(Shelf)
  })

  it.each<[string, readonly Fact[]]>([
    ['numbers', numberFacts(c)],
    ['arrays', arrayFacts(c)],
    ['lambdas', lambdaFacts(c)],
    ['maps', mapFacts(c)],
    ['windows', windowFacts(c)],
  ])('for %s', async (_, facts) => {
    const found: Schema = await shelf.select(() => record(facts)).schema()
    expect(texts(Object.values(found))).toEqual(texts(facts.map(({ type }) => type)))
  })

  it('for groups', async () => {
    const facts = groupFacts(c)
    const found: Schema = await shelf.agg(() => record(facts)).schema()
    expect(texts(Object.values(found))).toEqual(texts(facts.map(({ type }) => type)))
  })
})

describe('a lambda', () => {
  it('within a lambda sees the variables of both', async () => {
    const table = F.transform(F.array(F.lit(1), F.lit(2)), (x, i) =>
      F.transform(F.array(F.lit(10), F.lit(20)), (y, j) => y.plus(x).times(10).plus(i).plus(j)),
    )
    expect(
      await spark
        .range(0n, 1n)
        .select(() => ({ table }))
        .collect(),
    ).toEqual([
      {
        table: [
          [110, 211],
          [121, 222],
        ],
      },
    ])
  })

  it('gets the same names whenever it is built, also after one that failed', () => {
    const build = () => F.filter(F.array(F.lit(1)), (x) => F.exists(F.array(F.lit(2)), (y) => y.gt(x)))
    const first = build()
    expect(() =>
      F.transform(F.array(F.lit(1)), () => {
        throw new RangeError('no body')
      }),
    ).toThrow('no body')
    expect(build().expression).toEqual(first.expression)
  })
})

describe('a generator', () => {
  it('gives no row for null, an outer one a row of nulls', async () => {
    const rows = (frame: DataFrame<Schema>) => frame.collect()
    expect(await rows(shelf.select((c) => ({ id: c.int, ...F.posexplode(c.maybe_ints) })))).toEqual([])
    expect(await rows(shelf.select((c) => ({ id: c.int, ...F.posexplodeOuter(c.maybe_counts) })))).toEqual([
      { id: 1, pos: null, key: null, value: null },
    ])
    expect(await rows(shelf.select((c) => ({ ...F.inline(c.points), id: c.int })))).toEqual([
      { x: 1, y: null, id: 1 },
    ])
  })
})
