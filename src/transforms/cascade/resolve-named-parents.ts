import { t, type Column, type DataFrame } from 'spark-connect-js'
import {
  array,
  arrayCompact,
  coalesce,
  concat,
  explode,
  lit,
  lower,
  max,
  min,
  when,
} from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { SpreadingTweet, ParentLink } from '../../schema/parent.ts'
import { isSpreading } from './spreading.ts'

type Text = Column<typeof t.string.nullable>

/** The ways to name whom one retweets from, surest first. A prefix keeps names of one way from those of another. */
const WAYS = { tweet: 'tweet:', author: 'author:', screenName: '@' } as const

const byTweet = (id: Text) => concat(lit(WAYS.tweet), id)
const byAuthor = (id: Text) => concat(lit(WAYS.author), id)
const byScreenName = (name: Text) => concat(lit(WAYS.screenName), lower(name))

/**
 * Whom each participant says to have retweeted from: by the parent's tweet, else its author, else the author's screen
 * name. A parent counts if it is the root, or a participant who came earlier; who names themself, somebody later or
 * somebody who is not there has no link. The root's author is the root.
 */
export const resolveNamedParents =
  (observations: DataFrame<typeof Observation>) =>
  (tweets: DataFrame<typeof SpreadingTweet>): DataFrame<typeof ParentLink> => {
    const named = tweets.join(namesByTweet(observations), {
      on: ['term', 'root_id', 'tweet_id'],
      how: 'inner',
    })
    return named
      .filter((c) => c.order.eq(c.participant_order))
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        order: c.order,
        name: explode(
          arrayCompact(
            array(byTweet(c.parent_id), byAuthor(c.parent_author_id), byScreenName(c.parent_screen_name)),
          ),
        ),
      }))
      .join(named.transform(participantsByName()), { on: ['term', 'root_id', 'name'], how: 'inner' })
      .filter((c) => c.participant_order.lt(c.order))
      .groupBy('term', 'root_id', 'order')
      .agg((c) => {
        const by = (way: string) => max(when(c.name.startswith(way), c.participant_order))
        return { parent_order: coalesce(by(WAYS.tweet), by(WAYS.author), by(WAYS.screenName)) }
      })
  }

/** What all sightings of a tweet together say of names: the largest of each, whatever the order of reading. */
const namesByTweet = (observations: DataFrame<typeof Observation>) =>
  observations
    .filter((c) => isSpreading(c.kind))
    .dropna('term', 'root_id', 'tweet_id')
    .groupBy('term', 'root_id', 'tweet_id')
    .agg((c) => ({
      screen_name: max(c.author_screen_name),
      root_screen_name: max(c.root_author_screen_name),
      parent_id: max(c.parent_id),
      parent_author_id: max(c.parent_author_id),
      parent_screen_name: max(c.parent_screen_name),
    }))

type NamedTweet = typeof SpreadingTweet & {
  readonly screen_name: typeof t.string.nullable
  readonly root_screen_name: typeof t.string.nullable
}

/** Every name of a participant or the root; of two who share a name, the earlier. */
const participantsByName = () => (tweets: DataFrame<NamedTweet>) => {
  const ofRoot = tweets.select((c) => ({
    term: c.term,
    root_id: c.root_id,
    participant_order: lit(0, t.integer),
    name: explode(
      arrayCompact(array(byTweet(c.root_id), byAuthor(c.root_author_id), byScreenName(c.root_screen_name))),
    ),
  }))
  return tweets
    .select((c) => ({
      term: c.term,
      root_id: c.root_id,
      participant_order: c.participant_order,
      name: explode(
        arrayCompact(array(byTweet(c.tweet_id), byAuthor(c.author_id), byScreenName(c.screen_name))),
      ),
    }))
    .union(ofRoot)
    .groupBy('term', 'root_id', 'name')
    .agg((c) => ({ participant_order: min(c.participant_order) }))
}
