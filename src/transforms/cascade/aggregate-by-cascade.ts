import { t, type Column, type DataFrame } from 'spark-connect-js'
import { count, countIf, lit, max, sum, when } from 'spark-connect-js/functions'
import type { CascadeScore, Contribution } from '../../schema/cascade.ts'

/** One row a cascade: what its contributions add up to in the window. */
export const aggregateByCascade =
  () =>
  (contributions: DataFrame<typeof Contribution>): DataFrame<typeof CascadeScore> =>
    contributions.groupBy('term', 'root_id', 'root_author_id').agg((c) => {
      const ifInWindow = (value: Column<typeof t.double.nullable>) => when(c.is_event_in_window, value)
      return {
        retweets: sum(c.retweets_in_window),
        retweeters: countIf(c.is_event_in_window),
        depth_events: count(ifInWindow(c.expected_depth)),
        depth_sum: sum(ifInWindow(c.expected_depth)),
        max_depth: max(ifInWindow(c.expected_depth)),
        // A cascade that nobody but its author spread is known to have none.
        non_primary_retweets: when(countIf(c.is_event_in_window).eq(0), lit(0, t.double)).otherwise(
          sum(ifInWindow(c.non_primary)),
        ),
        sentiment_sum: sum(c.sentiment_sum),
        sentiment_count: sum(c.sentiment_count),
        favourites: max(c.last_favourites),
        claimed_retweets: max(c.last_claimed_retweets),
        root_followers: max(c.last_root_followers),
        last_at: max(c.last_at),
      }
    })
