import { Timestamp, type Column, type t } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'

/** `(slotEnd - windowHours, slotEnd]`, UTC. */
export interface ScoreWindow {
  readonly slotEnd: Date
  readonly windowHours: number
}

const MS_PER_HOUR = 3_600_000

/** When a window begins; the moment itself is not part of it. */
export const beginOf = ({ slotEnd, windowHours }: ScoreWindow): Date =>
  new Date(slotEnd.getTime() - windowHours * MS_PER_HOUR)

/** Whether a time lies in the window, the end included, the beginning not. */
export const isInWindow = (time: Column<typeof t.timestamp.nullable>, window: ScoreWindow) =>
  time.gt(lit(Timestamp.from(beginOf(window)))).and(time.leq(lit(Timestamp.from(window.slotEnd))))

/** The window of the same length that ends where this one begins. */
export const windowBefore = (window: ScoreWindow): ScoreWindow => ({
  slotEnd: beginOf(window),
  windowHours: window.windowHours,
})
