import { type Column, t } from 'spark-connect-js'
import { coalesce, exp, floor, greatest, lit, pow } from 'spark-connect-js/functions'

type Double = Column<typeof t.double.nullable>

/** What a kernel weighs: a participant, or the root (at 0 seconds). */
interface Influence {
  readonly followers: Column<typeof t.long.nullable> // unknown weighs as none
  readonly secondsSinceRoot: Double // >= 0
}

/**
 * How strongly a participant draws retweets. `weight` is in units of an epoch, `epoch` counts them from the
 * root: a weight that grows without bound would overflow otherwise. A weight of epoch e stands for
 * `weight * exp(EPOCH_EXPONENT * e)`.
 */
export interface Kernel {
  readonly name: KernelName
  readonly weight: (influence: Influence) => Double
  readonly rootWeight: (influence: Influence) => Double
  /** Undefined for a kernel that cannot overflow: all of its weights are of epoch 0. */
  readonly epoch?: (secondsSinceRoot: Double) => Column<typeof t.long.nullable>
}

export type KernelName = 'calibrated' | 'debatenight'

const SECONDS_PER_HOUR = 3_600
const zeroIfUnknown = (followers: Influence['followers']) => coalesce(followers, lit(0n))

// Maximum likelihood on 36 cascades with known parents: docs/accuracy.md.
const FOLLOWERS_EXPONENT = 0.61
const HOURS_EXPONENT = 0.859
const ROOT_LOG_FACTOR = 1.542

const calibratedWeight = ({ followers, secondsSinceRoot }: Influence): Double =>
  pow(zeroIfUnknown(followers).plus(1n).cast(t.double), FOLLOWERS_EXPONENT).times(
    pow(secondsSinceRoot.dividedBy(SECONDS_PER_HOUR).plus(1), HOURS_EXPONENT),
  )

/** Fitted to known parents; the default. Grows as a power of time, so it cannot overflow. */
const calibrated: Kernel = {
  name: 'calibrated',
  weight: calibratedWeight,
  rootWeight: (root) => calibratedWeight(root).times(Math.exp(ROOT_LOG_FACTOR)),
}

/** Growth per second: Rizoiu et al. 2018, arXiv 1802.09808. */
const DEBATENIGHT_RATE = 0.000068

/** Within an epoch weights span e^300 = 10^130; a double holds 10^308. An epoch lasts 51 days. */
export const EPOCH_EXPONENT = 300

const elapsed = (secondsSinceRoot: Double): Double => secondsSinceRoot.times(DEBATENIGHT_RATE)

const debatenightEpoch = (secondsSinceRoot: Double) =>
  floor(elapsed(secondsSinceRoot).dividedBy(EPOCH_EXPONENT))

const debatenightWeight = ({ followers, secondsSinceRoot }: Influence): Double =>
  greatest(zeroIfUnknown(followers), lit(1n))
    .cast(t.double)
    .times(exp(elapsed(secondsSinceRoot).minus(debatenightEpoch(secondsSinceRoot).times(EPOCH_EXPONENT))))

/** The published kernel: followers, and an exponential taste for the recent. */
const debatenight: Kernel = {
  name: 'debatenight',
  weight: debatenightWeight,
  rootWeight: debatenightWeight,
  epoch: debatenightEpoch,
}

/** The kernels by name. */
export const KERNELS: Readonly<Record<KernelName, Kernel>> = { calibrated, debatenight }
