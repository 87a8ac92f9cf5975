import type { ColumnsOf } from 'spark-connect-js'
import { avg, count, countIf } from 'spark-connect-js/functions'
import type { Speech } from '../../schema/speech.ts'

// Hutto and Gilbert 2014: https://github.com/cjhutto/vaderSentiment#about-the-scoring
const POSITIVE_FROM = 0.05
const NEGATIVE_FROM = -0.05

/** How many of a group's tweets sound in which way, and their mean. */
export const moodOf = ({ sentiment }: Pick<ColumnsOf<typeof Speech>, 'sentiment'>) => ({
  volume: count(),
  positive: countIf(sentiment.geq(POSITIVE_FROM)),
  neutral: countIf(sentiment.gt(NEGATIVE_FROM).and(sentiment.lt(POSITIVE_FROM))),
  negative: countIf(sentiment.leq(NEGATIVE_FROM)),
  unknown: countIf(sentiment.isNull()),
  mean: avg(sentiment),
})
