import { t, type ColumnsOf } from 'spark-connect-js'
import { greatest, lit, unixMicros } from 'spark-connect-js/functions'
import type { Participant } from '../../schema/cascade.ts'

const MICROS_PER_SECOND = 1_000_000

type Timed = Pick<ColumnsOf<typeof Participant>, 'first_at' | 'root_tweeted_at'>

/** Seconds from the root to a participant's first event, >= 0; 0 where either time is unknown. */
export const secondsSinceRoot = (c: Timed) => {
  const seconds = unixMicros(c.first_at).minus(unixMicros(c.root_tweeted_at)).dividedBy(MICROS_PER_SECOND)
  // A clock that disagrees must not make a retweet older than its root.
  return greatest(seconds, lit(0, t.double))
}
