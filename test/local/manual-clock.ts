import type { Clock } from '../../src/local/clock.ts'

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & { readonly advance: (ms: number) => void }

/** Starts at the given moment, in milliseconds since 1970. */
export function manualClock(startMs: number): ManualClock {
  let nowMs = startMs
  const waiting = new Set<{ readonly dueMs: number; readonly act: () => void }>()
  return {
    nowMs: () => nowMs,
    after: (delayMs, act) => {
      const timer = { dueMs: nowMs + delayMs, act }
      waiting.add(timer)
      return { [Symbol.dispose]: () => void waiting.delete(timer) }
    },
    advance: (ms) => {
      nowMs += ms
      for (const timer of waiting) {
        if (timer.dueMs > nowMs) continue
        waiting.delete(timer)
        timer.act()
      }
    },
  }
}
