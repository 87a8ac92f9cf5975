import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { tableFromIPC } from '@uwdata/flechette'
import { schema, StorageLevel, t, type DataFrame, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { failureOf, openSession } from './open-session.ts'

const Tweet = schema({ id: t.long, author: t.string.nullable, likes: t.integer })

let spark: SparkSession
let tweets: DataFrame<typeof Tweet>
let folder: string
beforeAll(async () => {
  spark = await openSession()
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
  tweets = spark.sql<typeof Tweet>(
    "select * from values (1L, 'ann', 5), (2L, null, 7), (3L, 'bob', 0) as v(id, author, likes)",
  )
})
afterAll(async () => {
  await spark[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const listOf = async <T>(values: AsyncIterable<T>): Promise<readonly T[]> => {
  const list: T[] = []
  for await (const value of values) list.push(value)
  return list
}

const ROWS = [
  { id: 1n, author: 'ann', likes: 5 },
  { id: 2n, author: null, likes: 7 },
  { id: 3n, author: 'bob', likes: 0 },
]

describe('rows', () => {
  it('are taken from the front and the back', async () => {
    expect(await tweets.head()).toEqual(ROWS[0])
    expect(await tweets.head(2)).toEqual(ROWS.slice(0, 2))
    expect(await tweets.take(9)).toEqual(ROWS)
    expect(await tweets.tail(1)).toEqual(ROWS.slice(2))
    expect(await tweets.offset(1).limit(1).collect()).toEqual([ROWS[1]])
    expect(await tweets.limit(0).isEmpty()).toBe(true)
    expect(await tweets.isEmpty()).toBe(false)
    expect(await tweets.limit(0).first()).toBeUndefined()
  })

  it('come as they arrive, as rows, texts and batches of columns', async () => {
    expect(await listOf(tweets.toLocalIterator())).toEqual(ROWS)
    expect(await tweets.toJSON().collect()).toEqual([
      { value: '{"id":1,"author":"ann","likes":5}' },
      { value: '{"id":2,"likes":7}' },
      { value: '{"id":3,"author":"bob","likes":0}' },
    ])
    const batches = await listOf(tweets.toArrow())
    expect(batches.flatMap((ipc) => [...tableFromIPC(ipc).getChild('likes').toArray()])).toEqual([5, 7, 0])
  })

  it('are drawn as a table, cut, whole or one below the other', async () => {
    const wide = tweets.limit(1).select((c) => ({ id: c.id, text: F.lit('x'.repeat(30)) }))
    expect(await wide.showString()).toContain(`|  1|${'x'.repeat(17)}...|`)
    expect(await wide.showString({ truncate: 5 })).toContain('|  1|xx...|')
    expect(await wide.showString({ truncate: false })).toContain('x'.repeat(30))
    expect(await wide.showString({ vertical: true })).toContain('-RECORD 0')
    expect(await tweets.showString({ n: 1 })).toContain('only showing top 1 row')
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined)
    try {
      await wide.show({ truncate: 5 })
      await tweets.select('id').printSchema()
      expect(log.mock.calls.flat()).toEqual([
        await wide.showString({ truncate: 5 }),
        await tweets.select('id').treeString(),
      ])
    } finally {
      log.mockRestore()
    }
  })

  it('are sampled the same way by the same seed, and split without loss or repeat', async () => {
    const many = spark.range(0n, 400n)
    const some = many.sample(0.5, { seed: 3n })
    const [first, again] = [await some.collect(), await some.collect()]
    expect(first).toEqual(again)
    expect(first.length).toBeGreaterThan(100)
    expect(first.length).toBeLessThan(300)
    const random = many.sample(0.5)
    expect(await random.collect()).toEqual(await random.collect())
    expect(await many.sample(2, { withReplacement: true, seed: 3n }).count()).toBeGreaterThan(500n)
    const parts = await Promise.all(many.randomSplit([1, 2, 1], 5n).map((part) => part.collect()))
    const ids = parts.flat().map(({ id }) => Number(id))
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, id) => id))
    expect(parts[1]?.length).toBeGreaterThan(parts[0]?.length ?? 400)
    for (const weights of [[], [0], [1, -1], [Number.NaN]]) {
      expect(() => many.randomSplit(weights)).toThrow(RangeError)
    }
  })
})

describe('the server knows of a plan', () => {
  it('its columns, types and tree', async () => {
    expect(await tweets.columns()).toEqual(['id', 'author', 'likes'])
    const nested = tweets.select((c) => ({
      all: F.array(F.struct({ id: c.id, price: F.lit('1.5', t.decimal(9, 2)) })),
    }))
    expect(await nested.dtypes()).toEqual([['all', 'array<struct<id:bigint,price:decimal(9,2)>>']])
    expect(await nested.treeString(1)).toBe('root\n |-- all: array (nullable = false)\n')
    expect(await nested.treeString()).toContain('|    |    |-- id: long')
  })

  it('that it is neither local nor a stream, and whether it is the same as another', async () => {
    const over = (n: number) => spark.range(5n).filter((c) => c.id.gt(n))
    expect(await spark.range(1n).isLocal()).toBe(false)
    expect(await tweets.isStreaming()).toBe(false)
    expect(await over(1).sameSemantics(over(1))).toBe(true)
    expect(await over(1).sameSemantics(over(2))).toBe(false)
    expect(await over(1).semanticHash()).toBe(await over(1).semanticHash())
  })

  it('where its rows are kept', async () => {
    const frame = spark.range(6n).select((c) => ({ kept: c.id }))
    expect(await frame.isCached()).toBe(false)
    await frame.persist({ storageLevel: StorageLevel.DISK_ONLY_2 })
    expect(await frame.storageLevel()).toEqual(StorageLevel.DISK_ONLY_2)
    expect(await frame.isCached()).toBe(true)
    await frame.unpersist(true)
    expect(await frame.cache().then((cached) => cached.storageLevel())).toEqual(
      StorageLevel.MEMORY_AND_DISK_DESER,
    )
    await frame.unpersist()
    expect(await frame.storageLevel()).toEqual(StorageLevel.NONE)
  })
})

describe('a frame declared', () => {
  it('is checked by the server, and has the columns declared', async () => {
    const declared = schema({ likes: t.integer, id: t.long })
    const frame = await spark.sql('select 1L as id, 2 as likes, 3 as more').as(declared)
    expect(await frame.collect()).toEqual([{ likes: 2, id: 1n }])
  })

  it('is refused with everything that is wrong, at once', async () => {
    const untyped = spark.sql(
      `select 1 as id, cast(null as string) as Author, array(cast(null as bigint)) as list,
              named_struct('a', 1, 'c', 2) as parts, map('k', 1.5BD) as prices`,
    )
    const error = await failureOf(
      untyped.as(
        schema({
          id: t.long,
          author: t.string,
          Author: t.string,
          list: t.array(t.long),
          parts: t.struct({ a: t.integer, b: t.string }),
          prices: t.map(t.string, t.decimal(9, 2)),
          fine: t.string,
        }),
      ),
    )
    expect(error.code).toBe('FAILED_PRECONDITION')
    expect(error.message.split('; ')).toEqual([
      'the frame is not as declared: column "id" is INT, but was declared BIGINT',
      'column "author" is missing',
      'there is "Author"',
      'column "Author" may be null, but was declared not to be',
      'the elements of column "list" may be null, but was declared not to be',
      'field "b" of column "parts" is missing',
      'column "parts" has a further field "c"',
      'the values of column "prices" is DECIMAL(2,1), but was declared DECIMAL(9,2)',
      'column "fine" is missing',
    ])
  })
})

describe('rows stay', () => {
  it('at a checkpoint that knows nothing of how they were made', async () => {
    const frame = await spark
      .range(2n)
      .select((c) => ({ n: c.id.plus(1) }))
      .localCheckpoint({ storageLevel: StorageLevel.MEMORY_ONLY })
    expect(await frame.collect()).toEqual([{ n: 1n }, { n: 2n }])
    expect(await frame.explain()).not.toContain('Range')
    const lazy = await spark.range(1n).localCheckpoint({ eager: false })
    expect(await lazy.collect()).toEqual([{ id: 0n }])
    expect((await failureOf(spark.range(1n).checkpoint())).message).toMatch(/checkpoint dir/i)
  })

  it('under a name, for one session or for all', async () => {
    await tweets.createTempView('some_tweets')
    expect((await failureOf(tweets.createTempView('some_tweets'))).errorClass).toBe(
      'TEMP_TABLE_OR_VIEW_ALREADY_EXISTS',
    )
    await tweets.limit(1).createOrReplaceTempView('some_tweets')
    expect(await spark.read.table('some_tweets').count()).toBe(1n)
    await tweets.createOrReplaceGlobalTempView('all_tweets')
    await using other = await openSession()
    expect(await other.read.table('global_temp.all_tweets').count()).toBe(3n)
    await other.sql('drop view global_temp.all_tweets').collect()
    await tweets.createGlobalTempView('all_tweets')
    expect((await failureOf(tweets.createGlobalTempView('all_tweets'))).errorClass).toBe(
      'TEMP_TABLE_OR_VIEW_ALREADY_EXISTS',
    )
    await other.sql('drop view global_temp.all_tweets').collect()
  })

  it('in files of every format', async () => {
    const path = (name: string) => join(folder, name)
    const parts = tweets.select('id', 'author')
    const columns = schema({ id: t.long, author: t.string })
    const rows = ROWS.map(({ id, author }) => ({ id, author }))
    const reader = spark.read.schema(columns)
    await parts.write.option('header', true).csv(path('csv'))
    expect(await reader.option('header', true).csv(path('csv')).orderBy('id').collect()).toEqual(rows)
    await parts.write.orc(path('orc'))
    expect(await reader.orc(path('orc')).orderBy('id').collect()).toEqual(rows)
    await parts.write.options({ rowTag: 'tweet' }).xml(path('xml'))
    expect(await reader.option('rowTag', 'tweet').xml(path('xml')).orderBy('id').collect()).toEqual(rows)
    await parts.write.partitionBy('author').json(path('json'))
    expect(await reader.json(path('json')).orderBy('id').collect()).toEqual(rows)
    await parts.toJSON().write.text(path('text'))
    expect(await spark.read.text(path('text')).count()).toBe(3n)
    await parts.write.save(path('default'))
    expect(await spark.read.load(path('default')).count()).toBe(3n)
    expect((await spark.read.parquet(path('default')).inputFiles()).length).toBeGreaterThan(0)
    const file = spark.read.text(path('text'))
    const names = file.select(() => ({
      name: file.metadataColumn('_metadata', t.struct({ file_name: t.string })).getField('file_name'),
    }))
    expect((await names.first())?.name).toMatch(/\.txt$/)
  })

  it('in tables: made, added to, replaced, in buckets', async () => {
    const location = (name: string) => join(folder, name)
    const counted = (table: string) => spark.read.table(table).count()
    await using _ = {
      [Symbol.asyncDispose]: async () => {
        for (const table of ['plain_rows', 'bucket_rows', 'new_rows']) {
          await spark.sql(`drop table if exists ${table}`).collect()
        }
      },
    }
    await tweets.write.option('path', location('plain')).saveAsTable('plain_rows')
    await tweets.write.insertInto('plain_rows')
    expect(await counted('plain_rows')).toBe(6n)
    await tweets.write.insertInto('plain_rows', { overwrite: true })
    expect(await counted('plain_rows')).toBe(3n)
    await tweets.write
      .option('path', location('buckets'))
      .bucketBy(2, 'id')
      .sortBy('likes')
      .saveAsTable('bucket_rows')
    const described = await spark
      .sql<{ readonly col_name: typeof t.string; readonly data_type: typeof t.string }>(
        'describe extended bucket_rows',
      )
      .collect()
    const facts = new Map(described.map(({ col_name, data_type }) => [col_name, data_type]))
    expect(facts.get('Num Buckets')).toBe('2')
    expect(facts.get('Bucket Columns')).toBe('[`id`]')
    expect(facts.get('Sort Columns')).toBe('[`likes`]')
    await tweets
      .writeTo('new_rows')
      .using('parquet')
      .option('path', location('new'))
      .tableProperty('owner_team', 'tests')
      .partitionedBy('likes')
      .create()
    expect(await counted('new_rows')).toBe(3n)
    const properties = await spark.sql('show tblproperties new_rows').collect()
    expect(properties).toContainEqual({ key: 'owner_team', value: 'tests' })
  })
})
