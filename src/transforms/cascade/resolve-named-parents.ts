import { Window, t, type Column, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { array, coalesce, concat, lit, lower, max, min, posexplode, when } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { SpreadingTweet, ParentLink } from '../../schema/parent.ts'
import { isSpreading } from './spreading.ts'

type Text = Column<typeof t.string.nullable>

// A prefix keeps names of one sort from those of another.
const byTweet = (id: Text) => concat(lit('tweet:'), id)
const byAuthor = (id: Text) => concat(lit('author:'), id)
const byScreenName = (name: Text) => concat(lit('@'), lower(name))

/** The names in a tweet: three of whoever wrote it, three of the root, three of its parent, surest first. */
const namesIn = (c: ColumnsOf<NamedTweet>) =>
  array(
    byTweet(c.tweet_id),
    byAuthor(c.author_id),
    byScreenName(c.screen_name),
    byTweet(c.root_id),
    byAuthor(c.root_author_id),
    byScreenName(c.root_screen_name),
    byTweet(c.parent_id),
    byAuthor(c.parent_author_id),
    byScreenName(c.parent_screen_name),
  )
const [FIRST_OF_ROOT, FIRST_OF_PARENT] = [3, 6]

const ROOT = lit(0, t.integer)

/**
 * Whom each participant says to have retweeted from: by the parent's tweet, else its author, else the author's screen
 * name. A parent counts if it is the root, or a participant who came earlier; who names themself, somebody later or
 * somebody who is not there has no link. The root's author is the root. Of two who share a name, the earlier is meant.
 */
export const resolveNamedParents =
  (observations: DataFrame<typeof Observation>) =>
  (tweets: DataFrame<typeof SpreadingTweet>): DataFrame<typeof ParentLink> =>
    tweets
      .join(namesByTweet(observations), { on: ['term', 'root_id', 'tweet_id'], how: 'inner' })
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        order: c.order,
        participant_order: c.participant_order,
        ...posexplode(namesIn(c)),
      }))
      .filter((c) => c.col.isNotNull())
      .withColumns((c) => ({
        // Who has a name and who asks for it meet at the name.
        named_order: min(
          when(c.pos.lt(FIRST_OF_ROOT), c.participant_order).when(c.pos.lt(FIRST_OF_PARENT), ROOT),
        ).over(Window.partitionBy(c.root_id, c.term, c.col)),
      }))
      // A user's first tweet is the one that spreads.
      .filter((c) => c.pos.geq(FIRST_OF_PARENT).and(c.order.eq(c.participant_order)))
      .filter((c) => c.named_order.lt(c.order))
      .groupBy('term', 'root_id', 'order')
      .agg((c) => {
        const by = (sort: number) => max(when(c.pos.eq(FIRST_OF_PARENT + sort), c.named_order))
        return { parent_order: coalesce(by(0), by(1), by(2)) }
      })

type NamedTweet = typeof SpreadingTweet &
  Readonly<
    Record<
      'screen_name' | 'root_screen_name' | 'parent_id' | 'parent_author_id' | 'parent_screen_name',
      typeof t.string.nullable
    >
  >

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
