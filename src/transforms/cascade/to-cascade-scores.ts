import type { DataFrame } from 'spark-connect-js'
import { left, lit, max, tryDivide } from 'spark-connect-js/functions'
import type { CascadeReach, CascadeScore } from '../../schema/cascade.ts'
import type { Observation } from '../../schema/observation.ts'
import { depthMethod } from './depth-method.ts'
import { nonPrimaryInterval } from './non-primary-interval.ts'

/** Characters of a root's text that are published. */
const TEXT_LENGTH = 500

/**
 * The published row of each cascade, with its root's time and text by the newest event. Cascades are joined without a
 * hint: kept ones have a known size, and Spark sends them to the observations if they are few.
 */
export const toCascadeScores =
  (observations: DataFrame<typeof Observation>) =>
  (cascades: DataFrame<typeof CascadeReach>): DataFrame<typeof CascadeScore> => {
    const roots = observations
      .dropna('term', 'root_id')
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        last_at: c.tweeted_at,
        tweeted_at: c.root_tweeted_at,
        text: left(c.root_text, lit(TEXT_LENGTH)),
      }))
      .join(cascades.select('term', 'root_id', 'last_at'), {
        on: ['term', 'root_id', 'last_at'],
        how: 'left_semi',
      })
      .groupBy('term', 'root_id')
      .agg((c) => ({ tweeted_at: max(c.tweeted_at), text: max(c.text) }))
    return cascades.join(roots, { on: ['term', 'root_id'], how: 'left' }).select((c) => ({
      term: c.term,
      root_id: c.root_id,
      author_id: c.root_author_id,
      depth_method: depthMethod(c),
      tweeted_at: c.tweeted_at,
      text: c.text,
      retweets: c.retweets,
      claimed_retweets: c.claimed_retweets,
      coverage: tryDivide(c.retweets, c.claimed_retweets),
      favourites: c.favourites,
      retweeters: c.retweeters,
      non_primary_retweets: c.non_primary_retweets,
      ...nonPrimaryInterval({
        expected: c.non_primary_retweets,
        variance: c.non_primary_variance,
        events: c.depth_events,
      }),
      mean_depth: tryDivide(c.depth_sum, c.depth_events),
      max_depth: c.max_depth,
      sentiment: tryDivide(c.sentiment_sum, c.sentiment_count),
      seen_at: c.last_at,
    }))
  }
