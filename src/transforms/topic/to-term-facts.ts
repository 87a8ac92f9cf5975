import type { DataFrame } from 'spark-connect-js'
import { min } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { TermFacts } from '../../schema/topic.ts'
import { topicsOfTerm } from './topics-of-text.ts'

/** Since when each term is observed, and what its tweets are about in any case. */
export const toTermFacts =
  () =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof TermFacts> =>
    observations
      .dropna('term')
      .groupBy('term')
      .agg((c) => ({ first_at: min(c.tweeted_at) }))
      .withColumns((c) => ({ own_topics: topicsOfTerm(c.term) }))
