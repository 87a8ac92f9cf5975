import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'

import { fitToRecords, recordsIn } from '../../src/jobs/spark-settings.ts'
import { testServices } from '../environment/services.ts'

let spark: SparkSession
let usual: Readonly<Record<string, string>>

const NAMES = [
  'spark.sql.adaptive.enabled',
  'spark.sql.shuffle.partitions',
  'spark.sql.codegen.wholeStage',
  'spark.sql.codegen.factoryMode',
] as const

const settings = async () =>
  Object.fromEntries(
    await Promise.all(NAMES.map(async (name) => [name, await spark.conf.get(name)] as const)),
  )

beforeAll(async () => {
  spark = await SparkSession.builder().remote(testServices().sparkRemote).getOrCreate()
  usual = await settings()
})
afterAll(() => spark.stop())

describe('a session that is fitted to a slot', () => {
  it('plans a small one once, and compiles nothing for a very small one', async () => {
    await fitToRecords(spark, 10_000)
    const [adaptive, partitions, wholeStage, factory] = Object.values(await settings())
    expect([adaptive, partitions, wholeStage, factory]).toEqual(['false', '2', 'false', 'NO_CODEGEN'])
    await fitToRecords(spark, 100_000)
    expect(await settings()).toMatchObject({
      'spark.sql.adaptive.enabled': 'false',
      'spark.sql.codegen.wholeStage': 'true',
      'spark.sql.codegen.factoryMode': 'FALLBACK',
    })
  })

  it('is as it was for a large one that comes after', async () => {
    await fitToRecords(spark, 10_000)
    await fitToRecords(spark, 1_000_000)
    expect(await settings()).toEqual(usual)
  })
})

describe('the records of objects that were not read yet', () => {
  it('are as many as the bytes of all objects tell, compressed ones eight times', () => {
    expect(recordsIn([])).toBe(0)
    expect(
      recordsIn([
        { key: 'raw/a', bytes: 3_000_000 },
        { key: 'raw/b.gz', bytes: 1_000_000 },
      ]),
    ).toBe(11_000)
  })
})
