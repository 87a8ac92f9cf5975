import { describe, expect, it } from '@jest/globals'

import { failureOf } from '../spark/open-session.ts'
import { openProxied } from './proxied-session.ts'

const RETRIES = 4
const BACKOFF_MS = 250

/** What some work fails with, and after how long. */
const timed = async (work: () => Promise<unknown>) => {
  const begunMs = performance.now()
  const { code, message } = await failureOf(work())
  return { code, message, tookMs: performance.now() - begunMs }
}

describe('a server that takes no connections any more', () => {
  it('is waited for by one call, not by those after it, and is found once it is back', async () => {
    await using proxied = await openProxied((builder) =>
      builder.retryPolicy({ maxRetries: RETRIES, initialBackoffMs: BACKOFF_MS, backoffMultiplier: 1 }),
    )
    const { spark, proxy } = proxied
    await proxy.refuse()
    const first = await timed(() => spark.range(1n).collect())
    expect(first).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('ECONNREFUSED') })
    expect(first.message).toContain(`given up after ${RETRIES} retries`)
    expect(first.tookMs).toBeGreaterThan(RETRIES * BACKOFF_MS - 5)
    for (const call of [() => spark.range(1n).collect(), () => spark.conf.getAll()]) {
      const next = await timed(call)
      expect(next.code).toBe('UNAVAILABLE')
      expect(next.message).not.toContain('given up')
      expect(next.tookMs).toBeLessThan(BACKOFF_MS)
    }
    await proxy.listen()
    expect(await spark.range(3n).collect()).toHaveLength(3)
    // It is a server like any other again.
    await proxy.refuse()
    expect((await timed(() => spark.conf.getAll())).message).toContain(`given up after ${RETRIES} retries`)
  })
})
