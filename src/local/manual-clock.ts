import type { Clock } from './clock.ts'

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  /** Moves it to a later moment; what is due by then is done first. An earlier one changes nothing. */
  readonly moveTo: (ms: number) => void
}

interface Due {
  readonly atMs: number
  readonly act: () => void
}

export function manualClock(startMs: number): ManualClock {
  let nowMs = startMs
  const waiting = new Set<Due>()
  const nextBefore = (ms: number): Due | undefined =>
    [...waiting].filter(({ atMs }) => atMs <= ms).toSorted((left, right) => left.atMs - right.atMs)[0]
  return {
    nowMs: () => nowMs,
    after: (delayMs, act) => {
      const due = { atMs: nowMs + delayMs, act }
      waiting.add(due)
      return { [Symbol.dispose]: () => void waiting.delete(due) }
    },
    moveTo: (ms) => {
      for (let due = nextBefore(ms); due !== undefined; due = nextBefore(ms)) {
        waiting.delete(due)
        nowMs = Math.max(nowMs, due.atMs)
        due.act()
      }
      nowMs = Math.max(nowMs, ms)
    },
  }
}
