import { t, type Column } from 'spark-connect-js'
import { greatest, least, lit, sqrt, when } from 'spark-connect-js/functions'

type Double = Column<typeof t.double.nullable>

/** A sum of events that happen or not, each with a probability of its own, as columns. */
interface ExpectedCount {
  readonly expected: Double // the sum of p
  readonly variance: Double // the sum of p (1 - p), of a Poisson binomial distribution
  readonly events: Column<typeof t.long.nullable>
}

/** Of the normal distribution, on both sides together. */
const DEVIATIONS_OF_95_PERCENT = 1.959964

/**
 * The bounds between which a count lies with a probability of 95 %, by the normal approximation; never below 0 or
 * above the events. They are the count itself where all is known.
 */
export const nonPrimaryInterval = ({ expected, variance, events }: ExpectedCount) => {
  const margin = sqrt(variance).times(DEVIATIONS_OF_95_PERCENT)
  const ifKnown = (bound: Double): Double => when(expected.isNotNull().and(variance.isNotNull()), bound)
  return {
    non_primary_low: ifKnown(greatest(expected.minus(margin), lit(0, t.double))),
    non_primary_high: ifKnown(least(expected.plus(margin), events.cast(t.double))),
  }
}
