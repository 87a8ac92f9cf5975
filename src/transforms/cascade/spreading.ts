import { type Column, type ColumnsOf, type t } from 'spark-connect-js'
import { coalesce, concat, lit } from 'spark-connect-js/functions'
import { UNKNOWN_AUTHOR, type Participant } from '../../schema/cascade.ts'
import { isInWindow, type ScoreWindow } from '../window.ts'

const SPREADING_KINDS = ['retweet', 'quote'] as const

/** Whether a tweet of this kind spreads its root. */
export const isSpreading = (kind: Column<typeof t.string.nullable>) => kind.isin(...SPREADING_KINDS)

interface Sighted {
  readonly author_id: Column<typeof t.string.nullable>
  readonly tweet_id: Column<typeof t.string>
}

/** Who tells participants apart: the author's id; an unknown author stands alone, under the tweet's id. */
export const userKey = (c: Sighted) => coalesce(c.author_id, concat(UNKNOWN_AUTHOR, c.tweet_id))

type Timed = Pick<ColumnsOf<typeof Participant>, 'is_root_author' | 'first_at'>

/** Whether a participant takes part in the spreading: anybody but the root's author. */
export const isEvent = (c: Timed): Column<typeof t.boolean> => c.is_root_author.eq(false)

/** Whether their first event lies in the window. */
export const isEventInWindow = (c: Timed, window: ScoreWindow): Column<typeof t.boolean> =>
  isEvent(c).and(coalesce(isInWindow(c.first_at, window), lit(false)))
