import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { ENDLESS, failureOf } from '../spark/open-session.ts'
import type { Fault } from './fault-proxy.ts'
import { openProxied, seeded, type Proxied } from './proxied-session.ts'

let proxied: Proxied
beforeEach(async () => {
  proxied = await openProxied((builder) =>
    builder
      .stallTimeout(1_000)
      // Many faults in a row would cost many seconds of patience.
      .retryPolicy({ initialBackoffMs: 5, backoffMultiplier: 1, maxRetries: 100 })
      .config('spark.sql.execution.arrow.maxRecordsPerBatch', '250'),
  )
})
afterEach(async () => {
  proxied.proxy.arm()
  await proxied[Symbol.asyncDispose]()
})

const ROWS = 100_000
const ids = async (rows: number): Promise<readonly number[]> =>
  (await proxied.spark.range(0n, BigInt(rows)).collect()).map(({ id }) => Number(id))
const upTo = (rows: number): readonly number[] => Array.from({ length: rows }, (_, id) => id)

/** How many bytes a result takes on its way through the proxy, undisturbed. */
const sizeOf = async (rows: number): Promise<number> => {
  proxied.proxy.arm()
  await ids(rows)
  return proxied.proxy.bytesDown
}

describe('a result of 100,000 rows', () => {
  it('arrives once and in order through a reset at each of 200 random points', async () => {
    const seed = Date.now() % 2 ** 31
    const random = seeded(seed)
    const size = await sizeOf(ROWS)
    const points = Array.from({ length: 200 }, () => Math.floor(random() * size))
    proxied.proxy.arm(
      ...points.map((afterBytes) => ({ kind: 'reset', direction: 'down', afterBytes }) as const),
    )
    try {
      expect(await ids(ROWS)).toEqual(upTo(ROWS))
      expect(proxied.proxy.pending).toBe(0)
    } catch (error) {
      throw new Error(`with the seed ${seed}`, { cause: error })
    }
  })
})

describe('a query is answered once, whole and in order', () => {
  const answerAfter = async (fault: Fault) => {
    proxied.proxy.arm(fault)
    const answer = await ids(1_000)
    return { answer, pending: proxied.proxy.pending }
  }
  const whole = { answer: upTo(1_000), pending: 0 }
  const kinds = ['reset', 'close', 'stall'] as const

  it.each(kinds)('after a %s before its request has arrived', async (kind) => {
    expect(await answerAfter({ kind, direction: 'up', afterBytes: 1 })).toEqual(whole)
  })

  it.each(kinds)('after a %s before the first response', async (kind) => {
    expect(await answerAfter({ kind, direction: 'down', afterBytes: 1 })).toEqual(whole)
  })

  it.each(kinds)('after a %s between two responses', async (kind) => {
    const afterBytes = Math.floor((await sizeOf(1_000)) / 2)
    expect(await answerAfter({ kind, direction: 'down', afterBytes })).toEqual(whole)
  })

  it('after a reset at any of the last bytes', async () => {
    const size = await sizeOf(1_000)
    for (let back = 10; back < 400; back += 30) {
      proxied.proxy.arm({ kind: 'reset', direction: 'down', afterBytes: size - back })
      expect(await ids(1_000)).toEqual(upTo(1_000))
    }
  })
})

describe('an operation', () => {
  it('that writes is done once, wherever the connection is cut', async () => {
    for (const [index, direction] of (['up', 'down', 'down', 'down'] as const).entries()) {
      const table = `written_${process.pid}_${Date.now()}_${index}`
      proxied.proxy.arm({ kind: 'reset', direction, afterBytes: 1 + index * 60 })
      // A second execution would find the table that the first has made.
      await proxied.spark.sql(`create table ${table} using parquet as select id from range(5)`).collect()
      proxied.proxy.arm()
      expect(await proxied.spark.sql(`select * from ${table}`).count()).toBe(5n)
      await proxied.spark.sql(`drop table ${table}`).collect()
    }
  })

  it('fails with the server’s error, though the connection breaks before it', async () => {
    proxied.proxy.arm({ kind: 'reset', direction: 'down', afterBytes: 1 })
    const error = await failureOf(proxied.spark.sql('select raise_error("no") from range(1)').collect())
    expect(error).toMatchObject({ errorClass: 'USER_RAISED_EXCEPTION' })
  })

  it('is interrupted on the server by its signal, though the connection has broken meanwhile', async () => {
    const abort = new AbortController()
    const endless = proxied.spark.sql(ENDLESS)
    proxied.spark.registerProgressHandler(() => {
      if (abort.signal.aborted) return
      proxied.proxy.reset()
      abort.abort()
    })
    expect(await failureOf(endless.collect({ signal: abort.signal }))).toMatchObject({ code: 'CANCELLED' })
    const tries = Array.from({ length: 40 }, (_, wait) => wait * 5)
    for (const wait of tries) {
      if ((await proxied.spark.interruptAll()).length === 0) return
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
    throw new Error('the operation runs on')
  })

  it('waits for a server that is away for a moment, as do calls without a stream', async () => {
    await proxied.proxy.refuse()
    const version = proxied.spark.version()
    const rows = ids(10)
    const value = proxied.spark.conf.get('spark.sql.ansi.enabled')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await proxied.proxy.listen()
    expect(await version).toMatch(/^\d+\.\d+\.\d+/)
    expect(await rows).toEqual(upTo(10))
    expect(await value).toBe('true')
  })
})

describe('a slow reader', () => {
  it('lets the server wait, instead of buffering the result', async () => {
    // Of 1 MB each, so that gRPC's own reading ahead, of 16 of them, would be seen.
    await proxied.spark.conf.set('spark.sql.execution.arrow.maxRecordsPerBatch', '125000')
    proxied.proxy.arm()
    for await (const { id } of proxied.spark.range(0n, 5_000_000n)) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      // Of 40 MB: what is under way (4 MiB), and what the proxy's sockets hold.
      expect(proxied.proxy.bytesDown).toBeLessThan(8_000_000)
      expect(id).toBe(0n)
      break
    }
  })
})
