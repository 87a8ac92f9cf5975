import { describe, expect, it } from '@jest/globals'

import { SparkConnectError } from '../../src/wire/error.ts'
import { afterFailure, DEFAULT_RETRY_POLICY, unspent, type RetryPolicy } from '../../src/wire/retry-policy.ts'

const unavailable = new SparkConnectError('away', { code: 'UNAVAILABLE' })

/** The waits of a policy until it gives up. */
const waits = (
  random: () => number,
  error: SparkConnectError = unavailable,
  policy: RetryPolicy = DEFAULT_RETRY_POLICY,
) => {
  const all: number[] = []
  for (let state = unspent(policy); ;) {
    const decision = afterFailure(policy, { error, state, random })
    if (decision.kind === 'give up') return all
    all.push(decision.waitMs)
    state = decision.state
  }
}

describe('the retry policy', () => {
  it('waits four times as long each time, up to a minute, and gives up after 15 retries', () => {
    expect(waits(() => 0)).toEqual([50, 200, 800, 3_200, 12_800, 51_200, ...Array<number>(9).fill(60_000)])
  })

  it('bears a server that is away for ten minutes', () => {
    expect(waits(() => 0).reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(600_000)
  })

  it('adds chance to long waits only', () => {
    expect(waits(() => 0.5).slice(0, 4)).toEqual([50, 200, 800, 3_450])
  })

  it('waits as long as the server asks for, but not longer than ten minutes', () => {
    const asking = (retryDelayMs: number) => unavailable.with({ retryDelayMs })
    expect(waits(() => 0, asking(1_000)).slice(0, 4)).toEqual([1_000, 1_000, 1_000, 3_200])
    expect(waits(() => 1, asking(5_000))[0]).toBe(5_500)
    expect(waits(() => 0, asking(3_600_000))[0]).toBe(600_000)
  })

  it.each([
    ['an error that no repetition cures', { code: 'INVALID_ARGUMENT' }, 0],
    ['any error for which the server names a delay', { code: 'INTERNAL', retryDelayMs: 0 }, 15],
    [
      'a stream that another call has taken over',
      { code: 'INTERNAL', errorClass: 'INVALID_CURSOR.DISCONNECTED' },
      15,
    ],
  ] as const)('knows %s', (_, parts, retries) => {
    expect(waits(() => 0, new SparkConnectError('no', parts))).toHaveLength(retries)
  })
})
