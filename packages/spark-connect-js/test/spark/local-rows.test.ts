import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { schema, t, type Row, type Schema, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { rowsOfAnySchema, rowsOfEveryType } from './any-rows.ts'
import { openSession } from './open-session.ts'

let spark: SparkSession
beforeAll(async () => {
  spark = await openSession()
  await spark.conf.set('spark.sql.timeType.enabled', true)
})
afterAll(() => spark[Symbol.asyncDispose]())

interface AnyRows {
  readonly columns: Schema
  readonly rows: readonly Row<Schema>[]
}

const sent = async ({ columns, rows }: AnyRows): Promise<AnyRows> => {
  const frame = spark.createDataFrame(rows, columns)
  return { columns: await frame.schema(), rows: await frame.collect() }
}

describe('rows that were made here', () => {
  it('come back the same, of every type', async () => {
    const property = fc.asyncProperty(rowsOfEveryType, async (made) => {
      expect(await sent(made)).toStrictEqual(made)
    })
    await fc.assert(property, { numRuns: 2 })
  })

  it('come back the same, however their types are nested', async () => {
    const property = fc.asyncProperty(rowsOfAnySchema, async (made) => {
      expect(await sent(made)).toStrictEqual(made)
    })
    await fc.assert(property, { numRuns: 10 })
  })

  it('are a frame like any other', async () => {
    const people = spark.createDataFrame(
      [
        { id: 1n, name: 'ann' },
        { id: 2n, name: null },
      ],
      schema({ id: t.long, name: t.string.nullable }),
    )
    expect(await people.filter((c) => c.name.isNull()).collect()).toEqual([{ id: 2n, name: null }])
  })

  it('may be none', async () => {
    const none = spark.createDataFrame([], schema({ id: t.long, tags: t.array(t.string) }))
    expect(await none.collect()).toEqual([])
    expect(await none.schema()).toEqual({ id: t.long, tags: t.array(t.string) })
  })

  it('are sent once where they are many', async () => {
    const numbers = Array.from({ length: 70_000 }, (_, i) => ({ id: BigInt(i), half: i / 2 }))
    const frame = spark.createDataFrame(numbers, schema({ id: t.long, half: t.double }))
    const sums = frame.agg((c) => ({ rows: F.count(), ids: F.sum(c.id), halves: F.sum(c.half) }))
    const expected = { rows: 70_000n, ids: 2_449_965_000n, halves: 1_224_982_500 }
    expect(await Promise.all([sums.first(), sums.first()])).toEqual([expected, expected])
  })

  it('are counted by their columns', () => {
    expect(() => spark.createDataFrame([{}], schema({}))).toThrow('rows need a column to be counted by')
  })

  it('do not fit where a value is of another kind: the row, the column and the kind are named', () => {
    const rows = [{ id: 1n }, { id: 2 }] as unknown as Row<{ readonly id: typeof t.long }>[]
    expect(() => spark.createDataFrame(rows, schema({ id: t.long }))).toThrow(
      expect.objectContaining({
        name: 'SparkConnectError',
        code: 'INVALID_ARGUMENT',
        message: 'row 1: column id takes a bigint of 64 bits, not the number 2',
      }),
    )
  })
})
