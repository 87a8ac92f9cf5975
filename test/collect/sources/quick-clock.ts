import { setImmediate } from 'node:timers/promises'

/** A clock whose sleeps take no time, and are remembered. */
export function quickClock(startMs: number) {
  let nowMs = startMs
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => nowMs,
    sleep: async (ms: number) => {
      sleeps.push(ms)
      nowMs += ms
      await setImmediate()
    },
  }
}
