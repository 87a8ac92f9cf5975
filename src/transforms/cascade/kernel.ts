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
  readonly name: string
  readonly weight: (influence: Influence) => Double
  readonly rootWeight: (influence: Influence) => Double
  /** Undefined for a kernel that cannot overflow: all of its weights are of epoch 0. */
  readonly epoch?: (secondsSinceRoot: Double) => Column<typeof t.long.nullable>
}

export type KernelName = 'calibrated' | 'debatenight'

const SECONDS_PER_HOUR = 3_600
const zeroIfUnknown = (followers: Influence['followers']) => coalesce(followers, lit(0n))

/**
 * The family of kernels that can be fitted to known parents:
 * w = (1 + followers)^followersExponent * (1 + hours since the root)^hoursExponent, the root's times e^rootLogFactor.
 */
export interface PowerKernel {
  readonly name: string
  readonly followersExponent: number
  readonly hoursExponent: number
  readonly rootLogFactor: number
}

/** Maximum likelihood on 36 cascades with known parents, docs/accuracy.md; the default. */
export const CALIBRATED: PowerKernel = {
  name: 'calibrated',
  followersExponent: 0.61,
  hoursExponent: 0.859,
  rootLogFactor: 1.542,
}

/** Grows as a power of time, so it cannot overflow. */
const powerKernel = ({ name, followersExponent, hoursExponent, rootLogFactor }: PowerKernel): Kernel => {
  const weight = ({ followers, secondsSinceRoot }: Influence): Double =>
    pow(zeroIfUnknown(followers).plus(1n).cast(t.double), lit(followersExponent, t.double)).times(
      pow(secondsSinceRoot.dividedBy(SECONDS_PER_HOUR).plus(1), lit(hoursExponent, t.double)),
    )
  return { name, weight, rootWeight: (root) => weight(root).times(Math.exp(rootLogFactor)) }
}

/** Growth per second: Rizoiu et al. 2018, arXiv 1802.09808. */
export const DEBATENIGHT_RATE = 0.000068

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
export const KERNELS: Readonly<Record<KernelName, Kernel>> = {
  calibrated: powerKernel(CALIBRATED),
  debatenight,
}

/** A kernel of Ripplerank's by its name, or one that was fitted to somebody's own data. */
export type KernelChoice = KernelName | PowerKernel

export const kernelOf = (choice: KernelChoice): Kernel =>
  typeof choice === 'string' ? KERNELS[choice] : powerKernel(choice)

export const nameOfKernel = (choice: KernelChoice): string =>
  typeof choice === 'string' ? choice : choice.name
