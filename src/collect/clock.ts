import { setTimeout } from 'node:timers/promises'

/** Time as a source sees it; another one in tests, which do not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends early, without an error, when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await setTimeout(ms, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}
