import type { DataFrame } from 'spark-connect-js'
import { sum } from 'spark-connect-js/functions'
import type { Amplification } from '../../schema/author-score.ts'
import type { Contribution } from '../../schema/cascade.ts'

/** What each participant is expected to have drawn in the cascades of others: the sum of `phi - 1`. */
export const aggregateAmplification =
  () =>
  (contributions: DataFrame<typeof Contribution>): DataFrame<typeof Amplification> =>
    contributions
      .filter((c) => c.expected_downstream.gt(0))
      .groupBy((c) => ({ term: c.term, author_id: c.user_key }))
      .agg((c) => ({ amplification: sum(c.expected_downstream) }))
