import { type DataFrame } from 'spark-connect-js'
import { max, min } from 'spark-connect-js/functions'
import type { CascadeEvent } from '../../schema/cascade.ts'
import type { Observation } from '../../schema/observation.ts'

const SPREADING_KINDS = ['retweet', 'quote'] as const

/**
 * One row for each tweet that spreads another, however often it was seen. Counters of one tweet that differ
 * between sightings at the same time give the largest, so that the order of reading does not matter.
 *
 * The shuffle by cascade is the only one of the whole way to `CascadeScore`: what follows groups and orders
 * within it.
 */
export const aggregateByTweet =
  () =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof CascadeEvent> =>
    observations
      .filter((c) => c.kind.isin(...SPREADING_KINDS))
      .dropna('term', 'root_id', 'tweet_id')
      .repartition(undefined, 'term', 'root_id')
      .groupBy('term', 'root_id', 'tweet_id')
      .agg((c) => ({
        tweeted_at: min(c.tweeted_at),
        author_id: max(c.author_id),
        followers: max(c.author_followers),
        sentiment: max(c.sentiment),
        root_author_id: max(c.root_author_id),
        root_tweeted_at: min(c.root_tweeted_at),
        root_favourites: max(c.root_favourites),
        root_retweets: max(c.root_retweets),
        root_followers: max(c.root_author_followers),
      }))
