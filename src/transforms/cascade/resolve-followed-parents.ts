import { Window, t, type DataFrame } from 'spark-connect-js'
import { coalesce, count, lit, max, when } from 'spark-connect-js/functions'
import type { Participant } from '../../schema/cascade.ts'
import type { Follow, ParentLink } from '../../schema/parent.ts'
import { isFollowOf } from './is-follow-of.ts'
import { isEvent } from './spreading.ts'

/** A follow list speaks of a cascade if it says of this share of its retweeters that they follow somebody. */
const LISTED_SHARE = 0.5

const ROOT = lit(0, t.integer)

/**
 * The most recent earlier participant whom each retweeter follows, else the root (Goel, Anderson, Hofman and Watts
 * 2016, "The Structural Virality of Online Diffusion"). Only for cascades of which the list speaks: elsewhere, that
 * nobody is followed would only say that nobody was asked.
 */
export const resolveFollowedParents =
  (follows: DataFrame<typeof Follow>) =>
  (participants: DataFrame<typeof Participant>): DataFrame<typeof ParentLink> => {
    const events = participants.filter(isEvent).select('term', 'root_id', 'order', 'user_key')
    const key = ['term', 'root_id', 'order'] as const
    return events
      .join(events.transform(latestFollowed(follows)), { on: key, how: 'left' })
      .select((c) => {
        const cascade = Window.partitionBy(c.root_id, c.term)
        return {
          term: c.term,
          root_id: c.root_id,
          order: c.order,
          parent_order: coalesce(c.followed_order, ROOT),
          listed: count(c.follows).over(cascade),
          events: count().over(cascade),
        }
      })
      .filter((c) => c.listed.geq(c.events.times(LISTED_SHARE)))
      .drop('listed', 'events')
  }

type EventUser = Pick<typeof Participant, 'term' | 'root_id' | 'order' | 'user_key'>

/** For who follows anybody at all: how many, and the latest earlier participant of them. */
const latestFollowed = (follows: DataFrame<typeof Follow>) => (events: DataFrame<EventUser>) => {
  const others = events.select((c) => ({
    term: c.term,
    root_id: c.root_id,
    followee_id: c.user_key,
    followee_order: c.order,
  }))
  return events
    .join(follows, { on: isFollowOf, how: 'inner' })
    .join(others, { on: ['term', 'root_id', 'followee_id'], how: 'left' })
    .groupBy('term', 'root_id', 'order')
    .agg((c) => ({
      follows: count(),
      followed_order: max(when(c.followee_order.lt(c.order), c.followee_order)),
    }))
}
