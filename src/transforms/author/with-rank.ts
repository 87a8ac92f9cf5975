import { Window, type DataFrame } from 'spark-connect-js'
import { cumeDist, rank } from 'spark-connect-js/functions'
import type { AuthorScore } from '../../schema/author-score.ts'

const PERCENT = 100

/** Adds `rank_in_term` (1 is the highest; equals share a rank) and `percentile` (0 to 100) by influence. */
export const withRank =
  () =>
  (
    authors: DataFrame<Omit<typeof AuthorScore, 'rank_in_term' | 'percentile'>>,
  ): DataFrame<typeof AuthorScore> =>
    authors.withColumns((c) => ({
      rank_in_term: rank().over(Window.partitionBy(c.term).orderBy(c.influence.desc())),
      percentile: cumeDist().over(Window.partitionBy(c.term).orderBy(c.influence.asc())).times(PERCENT),
    }))
