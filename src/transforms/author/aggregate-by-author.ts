import type { Column, ColumnsOf, DataFrame, t } from 'spark-connect-js'
import { count, max, maxBy, struct, sum, tryDivide, when } from 'spark-connect-js/functions'
import type { AuthorReach } from '../../schema/author-score.ts'
import type { CascadeReach } from '../../schema/cascade.ts'

/** One row for each author of a cascade with events in the window; means are over retweeters, not cascades. */
export const aggregateByAuthor =
  () =>
  (cascades: DataFrame<typeof CascadeReach>): DataFrame<typeof AuthorReach> =>
    cascades
      .filter((c) => c.retweets.gt(0n))
      .groupBy((c) => ({ term: c.term, author_id: c.root_author_id }))
      .agg((c) => ({
        tweets: count(),
        retweets: sum(c.retweets),
        claimed_retweets: sum(c.claimed_retweets),
        favourites: sum(c.favourites),
        // Of sightings in the same instant the larger, so that the order of reading does not matter.
        followers: maxBy(c.root_followers, struct({ last_at: c.last_at, followers: c.root_followers })),
        seen_at: max(c.last_at),
        retweeters: sum(c.retweeters),
        depth_events: sum(c.depth_events),
        // The weakest of those that the depth is from.
        method_rank: max(when(c.depth_events.gt(0n), c.method_rank)),
        non_primary_retweets: ifDepthIsKnown(c, sum(c.non_primary_retweets)),
        non_primary_variance: ifDepthIsKnown(c, sum(c.non_primary_variance)),
        mean_depth: tryDivide(sum(c.depth_sum), sum(c.depth_events)),
        max_depth: max(c.max_depth),
        sentiment: tryDivide(sum(c.sentiment_sum), sum(c.sentiment_count)),
      }))

// Cascades that nobody spread are known to have none; they say nothing for those whose depth is unknown.
const ifDepthIsKnown = (c: ColumnsOf<typeof CascadeReach>, value: Column<typeof t.double.nullable>) =>
  when(sum(c.depth_events).gt(0n).or(sum(c.retweeters).eq(0n)), value)
