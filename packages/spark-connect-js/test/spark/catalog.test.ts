import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema, t, type Catalog, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { failureOf, openSession } from './open-session.ts'

let spark: SparkSession
let catalog: Catalog
let folder: string
// A database of its own: tables are seen by every session of the server.
const database = 'catalog_test'
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
  spark = await openSession()
  catalog = spark.catalog
  await spark.sql(`create database if not exists ${database} comment 'for one test'`).collect()
  await catalog.setCurrentDatabase(database)
})
afterAll(async () => {
  await spark.sql(`drop database if exists ${database} cascade`).collect()
  await spark[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('the catalog', () => {
  it('knows where a name without a database is looked up', async () => {
    expect(await catalog.currentDatabase()).toBe(database)
    expect(await catalog.currentCatalog()).toBe('spark_catalog')
    await catalog.setCurrentCatalog('spark_catalog')
    expect((await failureOf(catalog.setCurrentDatabase('no_such'))).message).toContain('no_such')
  })

  it('lists databases by pattern, and knows one by name', async () => {
    const about = { name: database, catalog: 'spark_catalog', description: 'for one test' }
    expect(await catalog.listDatabases('catalog_t*')).toEqual([expect.objectContaining(about)])
    expect(await catalog.getDatabase(database)).toMatchObject(about)
    expect(await catalog.databaseExists(database)).toBe(true)
    expect(await catalog.databaseExists('no_such')).toBe(false)
    expect(await catalog.listCatalogs('spark*')).toEqual([{ name: 'spark_catalog', description: null }])
  })

  it('makes a table with the columns of a schema, once', async () => {
    const Made = schema({ id: t.long.nullable, day: t.date.nullable })
    const made = await catalog.createTable('catalog_made', {
      source: 'parquet',
      schema: Made,
      description: 'made here',
    })
    expect(await made.schema()).toEqual(Made)
    expect(await catalog.getTable('catalog_made')).toEqual({
      name: 'catalog_made',
      catalog: 'spark_catalog',
      namespace: [database],
      description: 'made here',
      tableType: 'MANAGED',
      isTemporary: false,
    })
    expect(await catalog.listTables(database, 'catalog_m*')).toHaveLength(1)
    expect(await catalog.listColumns('catalog_made', database)).toMatchObject([
      { name: 'id', dataType: 'bigint', nullable: true, isPartition: false },
      { name: 'day', dataType: 'date' },
    ])
    expect([
      await catalog.tableExists('catalog_made', database),
      await catalog.tableExists('catalog_made', 'default'),
    ]).toEqual([true, false])
    expect((await failureOf(catalog.createTable('catalog_made'))).errorClass).toBe(
      'TABLE_OR_VIEW_ALREADY_EXISTS',
    )
  })

  it('makes a table over files that are there, and sees what changes among them', async () => {
    await writeFile(join(folder, 'a.csv'), '1,one\n')
    const files = await catalog.createExternalTable('files', {
      path: folder,
      source: 'csv',
      schema: schema({ n: t.integer, name: t.string }),
      options: { header: 'false' },
    })
    expect(await files.collect()).toEqual([{ n: 1, name: 'one' }])
    await writeFile(join(folder, 'b.csv'), '2,two\n')
    await catalog.refreshTable('files')
    await catalog.refreshByPath(folder)
    expect(await spark.table('files').count()).toBe(2n)
  })

  it('keeps the rows of a table, and lets them go', async () => {
    await spark.range(3n).createOrReplaceTempView('numbers')
    await catalog.cacheTable('numbers')
    expect(await catalog.isCached('numbers')).toBe(true)
    await catalog.uncacheTable('numbers')
    expect(await catalog.isCached('numbers')).toBe(false)
    await catalog.cacheTable('numbers', {
      useDisk: true,
      useMemory: false,
      useOffHeap: false,
      deserialized: false,
      replication: 1,
    })
    await catalog.clearCache()
    expect(await catalog.isCached('numbers')).toBe(false)
  })

  it('forgets views, and says whether there was one', async () => {
    await spark.range(3n).createOrReplaceTempView('short_lived')
    await spark.sql('create global temp view everywhere as select 1 as n').collect()
    expect([await catalog.dropTempView('short_lived'), await catalog.dropTempView('short_lived')]).toEqual([
      true,
      false,
    ])
    expect(await catalog.dropGlobalTempView('everywhere')).toBe(true)
  })

  it('knows functions', async () => {
    expect(await catalog.functionExists('upper')).toBe(true)
    expect(await catalog.functionExists('no_such', database)).toBe(false)
    expect(await catalog.getFunction('upper')).toMatchObject({ name: 'upper', isTemporary: true })
    expect((await catalog.listFunctions(database, 'uppe*')).map(({ name }) => name)).toEqual(['upper'])
  })

  it('finds the partitions that something else has written', async () => {
    await spark.sql('create table by_day (id long, day date) using parquet partitioned by (day)').collect()
    await catalog.recoverPartitions('by_day')
    expect(await catalog.listColumns('by_day')).toMatchObject([{ isPartition: false }, { isPartition: true }])
    expect((await failureOf(catalog.recoverPartitions('catalog_made'))).errorClass).toBe(
      'NOT_A_PARTITIONED_TABLE',
    )
  })
})

describe('the configuration', () => {
  it('is set, read, listed and unset', async () => {
    await spark.conf.setAll({ 'spark.sql.autoBroadcastJoinThreshold': 1n, 'spark.sql.ansi.enabled': true })
    expect(await spark.conf.get('spark.sql.autoBroadcastJoinThreshold')).toBe('1')
    expect(await spark.conf.getAll()).toMatchObject({
      'spark.sql.autoBroadcastJoinThreshold': '1',
      'spark.sql.ansi.enabled': 'true',
    })
    await spark.conf.unset('spark.sql.autoBroadcastJoinThreshold')
    expect(await spark.conf.get('spark.sql.autoBroadcastJoinThreshold')).not.toBe('1')
  })

  it('has a fallback for what is not set, which may be null', async () => {
    expect(await spark.conf.get('no.such.key', 'fallback')).toBe('fallback')
    expect(await spark.conf.get('no.such.key', null)).toBeNull()
    expect((await failureOf(spark.conf.get('no.such.key'))).errorClass).toBe('SQL_CONF_NOT_FOUND')
  })

  it('says what a session may change', async () => {
    const keys = ['spark.sql.shuffle.partitions', 'spark.master', 'no.such.key']
    expect(await Promise.all(keys.map((key) => spark.conf.isModifiable(key)))).toEqual([true, false, false])
  })
})

describe('a query', () => {
  it('takes constants by name and by place, which no text breaks out of', async () => {
    const text = `'; drop table made; --`
    expect(await spark.sql('select :text as a, :n + 1 as b', { text, n: 1n }).collect()).toEqual([
      { a: text, b: 2n },
    ])
    expect(await spark.sql('select ? as a, ? as b', [text, null]).collect()).toEqual([{ a: text, b: null }])
  })

  it('takes columns as parameters', async () => {
    const list = F.array(F.lit(1n), F.lit(2n))
    expect(await spark.sql('select size(:list) as n', { list }).collect()).toEqual([{ n: 2 }])
    expect(await spark.sql('select ?[1] as n', [list]).collect()).toEqual([{ n: 2n }])
  })

  it('is cast to a schema, and refused where it does not fit', async () => {
    const columns = schema({ b: t.long, a: t.string })
    expect(await spark.sql("select 'x' as a, 1 as b", {}, { schema: columns }).collect()).toEqual([
      { b: 1n, a: 'x' },
    ])
    const refused = await failureOf(spark.sql('select null as a, 1 as b', {}, { schema: columns }).collect())
    expect(refused.message).toContain('`a`')
  })
})

describe('a session', () => {
  it('counts from, to and by a number, in as many parts as asked', async () => {
    expect(await spark.range(2n).collect()).toEqual([{ id: 0n }, { id: 1n }])
    const parts = spark.range(10n, 0n, { step: -5n, numPartitions: 2 })
    expect(await parts.collect()).toEqual([{ id: 10n }, { id: 5n }])
    expect(await parts.select(() => ({ part: F.expr('spark_partition_id()', t.integer) })).collect()).toEqual(
      [{ part: 0 }, { part: 1 }],
    )
  })

  it('sends small files and copies them to the cluster', async () => {
    const path = join(folder, 'small.txt')
    await writeFile(path, 'small')
    await spark.addArtifact({ path, kind: 'files' })
    await spark.conf.set('spark.sql.artifact.copyFromLocalToFs.allowDestLocal', true)
    await spark.copyFromLocalToFs(path, join(folder, 'copy', 'small.txt'))
    expect(await readFile(join(folder, 'copy', 'small.txt'), 'utf8')).toBe('small')
    const refused = await failureOf(spark.copyFromLocalToFs(path, 's3://bucket/small.txt'))
    expect(refused.message).toContain('must be an absolute path without a scheme')
  })

  it('knows its id and the server’s version', async () => {
    expect(spark.sessionId).toMatch(/^[\da-f-]{36}$/)
    expect(await spark.version()).toMatch(/^4\.1\./)
  })
})
