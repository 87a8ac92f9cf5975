import { Timestamp, type Column, type t } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'

/** `(slotEnd - windowHours, slotEnd]`, UTC. */
export interface ScoreWindow {
  readonly slotEnd: Date
  readonly windowHours: number
}

const MS_PER_HOUR = 3_600_000

/** Whether a time lies in the window, the end included, the beginning not. */
export const isInWindow = (
  time: Column<typeof t.timestamp.nullable>,
  { slotEnd, windowHours }: ScoreWindow,
) => {
  const begin = Timestamp.from(new Date(slotEnd.getTime() - windowHours * MS_PER_HOUR))
  return time.gt(lit(begin)).and(time.leq(lit(Timestamp.from(slotEnd))))
}
