import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  schema,
  t,
  type QueryProgressEvent,
  type SparkSession,
  type StreamingQueryListener,
} from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { failureOf, openSession } from './open-session.ts'

let spark: SparkSession
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
  spark = await openSession()
})
afterAll(async () => {
  await spark[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const rate = () => spark.readStream.format('rate').options({ rowsPerSecond: 100, numPartitions: 1 }).load()
/** Never idle, never done, and writes nothing. */
const endless = () => rate().writeStream.format('noop').trigger({ processingTime: '0 seconds' })
const files = (name: string) => {
  const columns = schema({ id: t.long })
  return spark.readStream.schema(columns).parquet(join(folder, name))
}
/** A listener, and what waits for the first event of each kind that suits. */
const listening = () => {
  const events: [kind: string, event: object][] = []
  let wake = (): void => undefined
  const note = (kind: string) => (event: object) => {
    events.push([kind, event])
    wake()
  }
  const listener: StreamingQueryListener = {
    onQueryStarted: note('started'),
    onQueryProgress: note('progress'),
    onQueryTerminated: note('terminated'),
  }
  const first = async (kind: string): Promise<object> => {
    for (;;) {
      const found = events.find(([known]) => known === kind)
      if (found) return found[1]
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { listener, first, events }
}

describe('a stream', () => {
  it('has the columns of its source, or those that it was told', async () => {
    expect(await rate().schema()).toEqual({ timestamp: t.timestamp.nullable, value: t.long.nullable })
    await mkdir(join(folder, 'none'))
    expect(await files('none').schema()).toEqual({ id: t.long.nullable })
    expect(await spark.readStream.text(folder).schema()).toEqual({ value: t.string.nullable })
  })

  it('ends when all that was there has been written, and goes on from its checkpoint', async () => {
    await spark.range(10n).write.parquet(join(folder, 'in'))
    const copy = () =>
      files('in')
        .writeStream.format('parquet')
        .option('checkpointLocation', join(folder, 'done'))
        .trigger({ availableNow: true })
        .start(join(folder, 'out'))
    const query = await copy()
    expect(await query.awaitTermination()).toBe(true)
    expect([await query.isActive(), await query.exception()]).toEqual([false, null])
    expect(await query.lastProgress()).toMatchObject({ id: query.id, runId: query.runId, numInputRows: 10 })
    await spark.range(5n).write.mode('append').parquet(join(folder, 'in'))
    const again = await copy()
    expect([again.id, again.runId === query.runId]).toEqual([query.id, false])
    await again.awaitTermination()
    const written = spark.read.schema(schema({ id: t.long })).parquet(join(folder, 'out'))
    expect(await written.count()).toBe(15n)
  })

  it('is aggregated into a table in memory', async () => {
    await spark.range(4n).write.parquet(join(folder, 'numbers'))
    const query = await files('numbers')
      .agg((c) => ({ rows: F.count(), sum: F.sum(c.id) }))
      .writeStream.format('memory')
      .queryName('totals')
      .outputMode('complete')
      .start()
    await query.processAllAvailable()
    expect(await spark.table('totals').collect()).toEqual([{ rows: 4n, sum: 6n }])
    expect(query.name).toBe('totals')
    expect((await query.recentProgress()).map(({ sink }) => sink.description)).toContain('MemorySink')
    expect(await query.explain()).toContain('Physical Plan')
    await query.stop()
  })

  it('fills a table', async () => {
    const query = await rate()
      .writeStream.option('checkpointLocation', join(folder, 'table'))
      .trigger({ availableNow: true })
      .toTable('stream_test_ticks')
    expect(await query.awaitTermination()).toBe(true)
    expect(await spark.catalog.tableExists('stream_test_ticks')).toBe(true)
    await spark.sql('drop table stream_test_ticks').collect()
  })

  it('is refused where its sink cannot take it', async () => {
    const columns = rate().agg(() => ({ rows: F.count() }))
    const refused = await failureOf(columns.writeStream.format('noop').outputMode('append').start())
    expect(refused.message).toContain('not supported')
  })
})

describe('a streaming query', () => {
  it('is waited for no longer than asked, and stopped', async () => {
    const query = await endless().start()
    expect(await query.awaitTermination({ timeoutMs: 20 })).toBe(false)
    expect([await query.isActive(), (await query.status()).message === '']).toEqual([true, false])
    await query.stop()
    expect(await query.awaitTermination()).toBe(true)
  })

  it('goes on when the wait for it is aborted', async () => {
    const query = await endless().start()
    const abort = new AbortController()
    const waiting = failureOf(query.awaitTermination({ signal: abort.signal }))
    await query.status()
    abort.abort()
    expect((await waiting).code).toBe('CANCELLED')
    expect(await query.isActive()).toBe(true)
    await query.stop()
  })

  it('is found among those that run', async () => {
    await spark.streams.resetTerminated()
    const query = await endless().queryName('found').start()
    expect((await spark.streams.active()).map(({ id, name }) => [id, name])).toEqual([[query.id, 'found']])
    expect((await spark.streams.get(query.id))?.runId).toBe(query.runId)
    expect(await spark.streams.awaitAnyTermination({ timeoutMs: 20 })).toBe(false)
    await query.stop()
    expect(await spark.streams.awaitAnyTermination()).toBe(true)
    expect(await spark.streams.get(query.id)).toBeNull()
  })

  it('says what it failed with', async () => {
    const failing = rate().select(() => ({ x: F.expr("raise_error('on purpose')", t.string) }))
    const query = await failing.writeStream.format('noop').start()
    expect((await failureOf(query.awaitTermination())).message).toContain('on purpose')
    expect(await query.exception()).toMatchObject({ message: expect.stringContaining('on purpose') })
  })

  it('tells listeners how it starts, goes on and ends', async () => {
    const { listener, first, events } = listening()
    await spark.streams.addListener(listener)
    const query = await endless().queryName('heard').start()
    expect(await first('started')).toMatchObject({ id: query.id, runId: query.runId, name: 'heard' })
    const { progress } = (await first('progress')) as QueryProgressEvent
    expect(progress).toMatchObject({
      id: query.id,
      batchId: 0,
      sources: [{ numInputRows: expect.any(Number) }],
    })
    await query.stop()
    expect(await first('terminated')).toMatchObject({ id: query.id, exception: null })
    await spark.streams.removeListener(listener)
    const heard = events.length
    await endless()
      .start()
      .then((other) => other.stop())
    expect(events).toHaveLength(heard)
  })
})
