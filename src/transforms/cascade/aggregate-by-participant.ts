import type { DataFrame } from 'spark-connect-js'
import { coalesce, concat, count, countIf, max, min, minBy, sum, when } from 'spark-connect-js/functions'
import { UNKNOWN_AUTHOR, type CascadeSighting, type Participant } from '../../schema/cascade.ts'
import { isInWindow, type ScoreWindow } from '../window.ts'

const SPREADING_KINDS = ['retweet', 'quote'] as const

/**
 * One row for each user who spread a cascade, with their first event. What the cascade says as a whole is the
 * same on all of its rows; `max` only carries it, as it does so in a buffer of fixed width.
 */
export const aggregateByParticipant =
  (window: ScoreWindow) =>
  (sightings: DataFrame<typeof CascadeSighting>): DataFrame<typeof Participant> =>
    sightings
      .filter((c) => c.is_repeat.eq(false).and(c.kind.isin(...SPREADING_KINDS)))
      .groupBy((c) => ({
        term: c.term,
        root_id: c.root_id,
        root_author_id: c.root_author_id,
        user_key: coalesce(c.author_id, concat(UNKNOWN_AUTHOR, c.tweet_id)),
      }))
      .agg((c) => ({
        order: min(c.order),
        first_at: min(c.tweeted_at),
        followers: minBy(c.followers, c.order),
        retweets_in_window: countIf(isInWindow(c.tweeted_at, window)),
        sentiment_sum: sum(when(isInWindow(c.tweeted_at, window), c.sentiment)),
        sentiment_count: count(when(isInWindow(c.tweeted_at, window), c.sentiment)),
        root_tweeted_at: max(c.root_tweeted_at),
        first_root_followers: max(c.first_root_followers),
        last_root_followers: max(c.last_root_followers),
        last_favourites: max(c.last_favourites),
        last_claimed_retweets: max(c.last_claimed_retweets),
        last_at: max(c.tweeted_at),
      }))
      .withColumns((c) => ({ is_root_author: c.user_key.eqNullSafe(c.root_author_id) }))
