import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { OperationProgress, SparkSession } from 'spark-connect-js'

import { ENDLESS, failureOf, openSession } from './open-session.ts'

let spark: SparkSession
beforeAll(async () => {
  spark = await openSession()
  await spark.conf.set('spark.connect.progress.reportInterval', '50ms')
})
afterAll(() => spark[Symbol.asyncDispose]())

/** Starts an endless operation, and gives its failure and, once it runs, its progress. */
const startEndless = async () => {
  const { promise: running, resolve } = Promise.withResolvers<OperationProgress>()
  spark.registerProgressHandler(resolve)
  const failure = failureOf(spark.sql(ENDLESS).collect())
  const progress = await running
  spark.removeProgressHandler(resolve)
  return { failure, progress }
}

describe('a running operation', () => {
  it('is interrupted by its tag, and not by another', async () => {
    spark.addTag('nightly')
    spark.addTag('report')
    expect([...spark.getTags()]).toEqual(['nightly', 'report'])
    spark.removeTag('report')
    const { failure, progress } = await startEndless()
    spark.clearTags()
    expect(spark.getTags().size).toBe(0)
    expect(await spark.interruptTag('report')).toEqual([])
    expect(await spark.interruptTag('nightly')).toEqual([progress.operationId])
    expect((await failure).errorClass).toBe('OPERATION_CANCELED')
  })

  it('is interrupted by its id, or with all others', async () => {
    const first = await startEndless()
    expect(await spark.interruptOperation(first.progress.operationId)).toEqual([first.progress.operationId])
    expect((await first.failure).errorClass).toBe('OPERATION_CANCELED')
    const second = await startEndless()
    expect(await spark.interruptAll()).toEqual([second.progress.operationId])
    expect((await second.failure).errorClass).toBe('OPERATION_CANCELED')
  })

  it('tells of its progress and its end', async () => {
    const events: OperationProgress[] = []
    spark.registerProgressHandler((event) => events.push(event))
    await spark.sql('select sum(a.id * b.id) from range(0, 2000, 1, 4) a cross join range(500) b').collect()
    spark.clearProgressHandlers()
    await spark.range(0n, 1n).collect()
    expect(new Set(events.map(({ operationId }) => operationId)).size).toBe(1)
    expect(events.map(({ isDone }) => isDone)).toEqual([...events.slice(1).map(() => false), true])
    expect(events.at(-2)?.stages[0]).toMatchObject({ tasks: expect.any(Number), isDone: expect.any(Boolean) })
  })

  it.each(['', 'a,b'])('cannot have the tag "%s"', async (tag) => {
    expect(() => spark.addTag(tag)).toThrow('a tag is not empty and has no comma')
    expect((await failureOf(spark.interruptTag(tag))).code).toBe('INVALID_ARGUMENT')
  })
})

describe('an error of a query', () => {
  it('says in which words of the query it arose, and with which parameters', async () => {
    const error = await failureOf(spark.sql('select 1 as one, nope + 1').collect())
    expect(error).toMatchObject({
      errorClass: 'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION',
      sqlState: '42703',
      messageParameters: { objectName: '`nope`' },
      queryContexts: [{ kind: 'sql', fragment: 'nope', startIndex: 17, stopIndex: 20 }],
    })
    expect(error.exceptionTypes).toContain('org.apache.spark.sql.AnalysisException')
  })

  it('has its whole message, however long, and the chain of its causes', async () => {
    const long = 'x'.repeat(20_000)
    const error = await failureOf(spark.sql(`select raise_error('${long}') from range(1)`).collect())
    expect(error.message).toContain(long)
    const unreadable = await failureOf(
      spark.sql("select * from json.`/etc/passwd` where _corrupt_record = ''").collect(),
    )
    expect(unreadable.errorClass).toBeDefined()
    const missing = await failureOf(
      spark.sql("select java_method('java.util.UUID', 'fromString', 'no uuid')").collect(),
    )
    expect([missing.message, missing.cause]).toEqual([expect.any(String), expect.anything()])
  })
})

describe('a large result', () => {
  const texts = () => spark.sql('select id, repeat(string(id), 500) as text from range(0, 3000, 1, 2)')
  const expected = Array.from({ length: 3_000 }, (_, id) => ({
    id: BigInt(id),
    text: String(id).repeat(500),
  }))

  it('comes in chunks and is put together', async () => {
    await spark.conf.set('spark.connect.session.resultChunking.maxChunkSize', '100000')
    expect(await texts().collect()).toEqual(expected)
    await spark.conf.unset('spark.connect.session.resultChunking.maxChunkSize')
  })

  it.each(['zstd', 'lz4'])('may be compressed by %s', async (codec) => {
    await spark.conf.set('spark.sql.execution.arrow.compression.codec', codec)
    expect(await texts().collect()).toEqual(expected)
    await spark.conf.unset('spark.sql.execution.arrow.compression.codec')
  })
})

describe('a message', () => {
  it('of more than 128 MiB is refused with the limit', async () => {
    const error = await failureOf(spark.sql('x'.repeat(129 * 1024 * 1024)).collect())
    expect(error).toMatchObject({ code: 'RESOURCE_EXHAUSTED', isTransient: false })
    expect(error.message).toContain('128 MiB')
  })
})
