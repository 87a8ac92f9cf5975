import { t, type Column } from 'spark-connect-js'
import { round, tryDivide } from 'spark-connect-js/functions'

interface Followed {
  readonly authors: Column<typeof t.long.nullable>
  readonly followers_sum: Column<typeof t.long.nullable>
  readonly followers_count: Column<typeof t.long.nullable>
}

/**
 * How many follow the authors: authors times the mean of their followers over their tweets. Each author counts once;
 * adding up the followers of each would need a row an author and topic.
 */
export const reachOf = ({ authors, followers_sum, followers_count }: Followed) =>
  round(tryDivide(followers_sum, followers_count).times(authors)).cast(t.long)
