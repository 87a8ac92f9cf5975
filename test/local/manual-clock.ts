import type { Clock } from '../../src/local/clock.ts'
import { manualClock as movedTo } from '../../src/local/manual-clock.ts'

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & { readonly advance: (ms: number) => void }

/** Starts at the given moment, in milliseconds since 1970. */
export function manualClock(startMs: number): ManualClock {
  const { moveTo, ...clock } = movedTo(startMs)
  return { ...clock, advance: (ms) => moveTo(clock.nowMs() + ms) }
}
