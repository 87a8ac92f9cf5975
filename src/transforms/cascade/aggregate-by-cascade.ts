import { t, type Column, type DataFrame } from 'spark-connect-js'
import { count, countIf, lit, max, sum, when } from 'spark-connect-js/functions'
import type { CascadeReach, Contribution } from '../../schema/cascade.ts'

const ONE = lit(1, t.double)

/** One row a cascade: what its contributions add up to in the window. */
export const aggregateByCascade =
  () =>
  (contributions: DataFrame<typeof Contribution>): DataFrame<typeof CascadeReach> =>
    contributions.groupBy('term', 'root_id', 'root_author_id').agg((c) => {
      const ifInWindow = (value: Column<typeof t.double.nullable>) => when(c.is_event_in_window, value)
      // A cascade that nobody but its author spread is known to have none.
      const orNone = (value: Column<typeof t.double.nullable>) =>
        when(countIf(c.is_event_in_window).eq(0), lit(0, t.double)).otherwise(value)
      return {
        method_rank: max(when(c.is_event_in_window, c.method_rank)),
        retweets: sum(c.retweets_in_window),
        retweeters: countIf(c.is_event_in_window),
        depth_events: count(ifInWindow(c.expected_depth)),
        depth_sum: sum(ifInWindow(c.expected_depth)),
        max_depth: max(ifInWindow(c.expected_depth)),
        non_primary_retweets: orNone(sum(ifInWindow(c.non_primary))),
        non_primary_variance: orNone(sum(ifInWindow(c.non_primary.times(ONE.minus(c.non_primary))))),
        sentiment_sum: sum(c.sentiment_sum),
        sentiment_count: sum(c.sentiment_count),
        favourites: max(c.last_favourites),
        claimed_retweets: max(c.last_claimed_retweets),
        root_followers: max(c.last_root_followers),
        last_at: max(c.last_at),
      }
    })
