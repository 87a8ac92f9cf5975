import { Window, type DataFrame } from 'spark-connect-js'
import { coalesce, count, lit, max, rowNumber, when } from 'spark-connect-js/functions'
import type { Participant } from '../../schema/cascade.ts'
import type { CascadeEvent, KnownParent } from '../../schema/known-parent.ts'
import type { Follow } from '../../schema/parent.ts'
import { isFollowOf } from './is-follow-of.ts'
import { secondsSinceRoot } from './seconds-since-root.ts'
import { isEvent } from './spreading.ts'

const ROOT = lit(0)

type Events = DataFrame<typeof CascadeEvent>

/**
 * The events of each cascade with their parents: the most recent earlier participant whom the event's author follows,
 * else the root (Goel, Anderson, Hofman and Watts 2016, "The Structural Virality of Online Diffusion").
 */
export const toKnownParents =
  (follows: DataFrame<typeof Follow>) =>
  (participants: DataFrame<typeof Participant>): DataFrame<typeof KnownParent> =>
    participants
      .transform(toCascadeEvents())
      .transform(withLatestFollowed(follows))
      .select((c) => {
        const whole = Window.partitionBy(c.root_id)
        return {
          root_id: c.root_id,
          position: c.position,
          parent: coalesce(c.followed_position, ROOT),
          seconds: c.seconds,
          followers: c.followers,
          first_root_followers: c.first_root_followers,
          last_root_followers: c.last_root_followers,
          retweeters: count().over(whole),
          known_followers: count(c.followers).over(whole),
          followed: count(c.followed_position).over(whole),
        }
      })

// A participant without a time, or of a root without one, cannot be weighed.
const toCascadeEvents =
  () =>
  (participants: DataFrame<typeof Participant>): Events =>
    participants
      .filter(isEvent)
      .dropna('first_at', 'root_tweeted_at', 'order', 'user_key')
      .select((c) => ({
        root_id: c.root_id,
        root_author_id: c.root_author_id,
        user_key: c.user_key,
        position: rowNumber().over(Window.partitionBy(c.root_id).orderBy(c.order)),
        seconds: secondsSinceRoot(c),
        followers: c.followers,
        first_root_followers: c.first_root_followers,
        last_root_followers: c.last_root_followers,
      }))

/**
 * Adds the position of the latest earlier participant whom an event's author follows, null where there is none. What
 * an event says is the same on all rows of its follows; `max` only carries it.
 */
const withLatestFollowed = (follows: DataFrame<typeof Follow>) => (events: Events) =>
  events
    .join(follows, { on: isFollowOf, how: 'left' })
    .join(
      events.select((c) => ({ cascade: c.root_id, other_user: c.user_key, other_position: c.position })),
      {
        on: (event, other) =>
          event.root_id
            .eq(other.cascade)
            .and(event.followee_id.eq(other.other_user))
            .and(other.other_position.lt(event.position)),
        how: 'left',
      },
    )
    .groupBy('root_id', 'position')
    .agg((c) => ({
      followed_position: max(coalesce(c.other_position, when(c.followee_id.eq(c.root_author_id), ROOT))),
      seconds: max(c.seconds),
      followers: max(c.followers),
      first_root_followers: max(c.first_root_followers),
      last_root_followers: max(c.last_root_followers),
    }))
