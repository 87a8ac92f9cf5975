import type { DataFrame } from 'spark-connect-js'
import { max, sum } from 'spark-connect-js/functions'
import { UNKNOWN_AUTHOR, type Contribution } from '../../schema/cascade.ts'
import type { InfluenceEdge } from '../../schema/influence-edge.ts'

/**
 * One row for each amplifier of an author, over the cascades of that author that they took part in. Authors do not
 * amplify themselves, and somebody whom the platform did not name is nobody's amplifier.
 */
export const aggregateByAmplifier =
  () =>
  (contributions: DataFrame<typeof Contribution>): DataFrame<typeof InfluenceEdge> =>
    contributions
      .dropna('user_key', 'root_author_id')
      .filter((c) => c.user_key.notEq(c.root_author_id).and(c.user_key.startswith(UNKNOWN_AUTHOR).eq(false)))
      .groupBy((c) => ({ term: c.term, amplifier_id: c.user_key, author_id: c.root_author_id }))
      .agg((c) => ({
        retweets: sum(c.retweets_in_window),
        expected_children: sum(c.expected_children),
        amplifier_followers: max(c.followers),
      }))
