import { t, type Column, type DataFrame, type NumericColumn } from 'spark-connect-js'
import { coalesce, least, lit, log1p, nullif, tryDivide, when } from 'spark-connect-js/functions'
import type { Amplification, AuthorReach, AuthorScore } from '../../schema/author-score.ts'
import { INFLUENCE_DEFAULTS, type InfluenceSettings } from '../../schema/influence-settings.ts'
import { depthMethod } from '../cascade/depth-method.ts'
import { nonPrimaryInterval } from '../cascade/non-primary-interval.ts'

type Double = Column<typeof t.double.nullable>

const FULL_SCORE = 100

/** `100 * min(1, log1p(x) / log1p(saturation))`: logarithmic, so that one giant does not flatten everybody else. */
const scorePart = (amount: NumericColumn, saturation: number): Double =>
  // Asked for, because `least` passes over a null: an unknown amount must not score like an endless one.
  when(
    amount.isNotNull(),
    least(log1p(amount).dividedBy(Math.log1p(saturation)), lit(1, t.double)).times(FULL_SCORE),
  )

/** Adds the four parts and their weighted mean over those that are known. */
export const withInfluence =
  ({ saturation, weight }: InfluenceSettings = INFLUENCE_DEFAULTS) =>
  (authors: DataFrame<ReachWithAmplification>): DataFrame<Unranked> =>
    authors
      .withColumns((c) => ({
        depth_method: depthMethod(c),
        ...nonPrimaryInterval({
          expected: c.non_primary_retweets,
          variance: c.non_primary_variance,
          events: c.depth_events,
        }),
        coverage: tryDivide(c.retweets, c.claimed_retweets),
        engagement_rate: tryDivide(
          c.retweets.plus(coalesce(c.favourites, lit(0n))),
          nullif(c.tweets.times(c.followers), 0n),
        ),
        retweets_part: scorePart(c.retweets, saturation.retweets),
        favourites_part: scorePart(c.favourites, saturation.favourites),
        followers_part: scorePart(c.followers, saturation.followers),
        depth_part: scorePart(c.non_primary_retweets, saturation.depth),
      }))
      .withColumns((c) => ({
        influence: weightedMean([
          [c.retweets_part, weight.retweets],
          [c.favourites_part, weight.favourites],
          [c.followers_part, weight.followers],
          [c.depth_part, weight.depth],
        ]),
      }))
      .drop('depth_events', 'method_rank', 'non_primary_variance')

const weightedMean = (parts: readonly (readonly [part: Double, weight: number])[]): Double => {
  const none = lit(0, t.double)
  const total = parts.reduce<Double>((sum, [part, w]) => sum.plus(coalesce(part.times(w), none)), none)
  const known = parts.reduce<Double>(
    (sum, [part, w]) => sum.plus(when(part.isNotNull(), lit(w, t.double)).otherwise(none)),
    none,
  )
  return tryDivide(total, known)
}

type ReachWithAmplification = typeof AuthorReach & Pick<typeof Amplification, 'amplification'>
type Unranked = Omit<typeof AuthorScore, 'rank_in_term' | 'percentile'>
