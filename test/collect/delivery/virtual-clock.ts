import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../../src/collect/clock.ts'

/** A clock that stands still but where somebody sleeps: then that time is over at once, for all. */
export function virtualClock(
  startMs = Date.UTC(2026, 0, 1),
): Clock & { readonly advance: (ms: number) => void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => void (nowMs += ms),
    sleep: async (ms, signal) => {
      await nextTurn()
      if (!signal.aborted) nowMs += ms
    },
  }
}
