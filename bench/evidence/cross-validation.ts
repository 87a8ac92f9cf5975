import { seededRandom } from '../../src/collect/random.ts'
import type { Candidate } from './candidates.ts'
import { choicesOf, fit, outcomeOf, type Outcome } from './choice-model.ts'
import type { RealCascade } from './real-cascades.ts'

/** How a kernel does on each cascade when it is fitted to others, in the order of the cascades. */
export type HeldOut = readonly Outcome[]

/** A mean over folds with its standard error. */
export interface Estimate {
  readonly mean: number
  readonly error: number
}

/** What a candidate gains over another out of sample: above 0 is better for the one, below 0 for the other. */
export interface Gain {
  readonly logLikelihood: Estimate // a retweet
  readonly depthError: Estimate // a cascade
}

/** A group number for each cascade: those of one group are left out together. */
export type Groups = readonly number[]

/** Groups of about equal size, drawn from a seed. */
export function randomFolds(cascades: number, folds: number, seed: number): Groups {
  const random = seededRandom(seed)
  const order = Array.from({ length: cascades }, (_, index) => [random.unit(), index] as const)
    .toSorted(([left], [right]) => left - right)
    .map(([, index]) => index)
  return Array.from({ length: cascades }, (_, index) => order.indexOf(index) % folds)
}

/** Fits a candidate to all groups but one, and looks at that one: each group in turn. */
export function heldOut(cascades: readonly RealCascade[], groups: Groups, candidate: Candidate): HeldOut {
  const { features, weightOf = () => 1 } = candidate
  const choices = cascades.map((cascade) => choicesOf(cascade, features, weightOf(cascade)))
  const start = fit(
    choices,
    features.map(() => 0),
  )
  const fits = new Map(
    [...new Set(groups)].map((group) => [
      group,
      fit(
        choices.filter((_, index) => groups[index] !== group),
        start,
      ),
    ]),
  )
  return choices.map((choice, index) => outcomeOf(choice, fits.get(groups[index] ?? -1) ?? start))
}

/** Fits a candidate to some cascades, and looks at others. */
export function transferred(
  fitted: readonly RealCascade[],
  others: readonly RealCascade[],
  { features, weightOf = () => 1 }: Candidate,
): HeldOut {
  const choices = fitted.map((cascade) => choicesOf(cascade, features, weightOf(cascade)))
  const coefficients = fit(
    choices,
    features.map(() => 0),
  )
  return others.map((cascade) => outcomeOf(choicesOf(cascade, features), coefficients))
}

/** Compares two on the same groups, group by group. */
export function gainOf(
  cascades: readonly RealCascade[],
  groups: Groups,
  [found, base]: readonly [HeldOut, HeldOut],
): Gain {
  const folds = [...Map.groupBy(cascades.keys(), (index) => groups[index] ?? -1).values()]
  const sum = (indices: readonly number[], read: (index: number) => number) =>
    indices.reduce((total, index) => total + read(index), 0)
  const difference = (read: (outcome: Outcome) => number) => (index: number) =>
    read(found[index] ?? NOTHING) - read(base[index] ?? NOTHING)
  return {
    logLikelihood: estimateOf(
      folds.map(
        (fold) =>
          sum(
            fold,
            difference((outcome) => outcome.logLikelihood),
          ) / sum(fold, (index) => (cascades[index]?.parents.length ?? 1) - 1),
      ),
    ),
    depthError: estimateOf(
      folds.map(
        (fold) =>
          sum(
            fold,
            difference((outcome) => outcome.depthError),
          ) / fold.length,
      ),
    ),
  }
}

const NOTHING: Outcome = { logLikelihood: Number.NaN, depthError: Number.NaN }

function estimateOf(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, error: Math.sqrt(variance / values.length) }
}

/** The mean of several cross-validations: their folds are not independent, so errors do not shrink. */
export function averaged(gains: readonly Gain[]): Gain {
  const meanOf = (read: (gain: Gain) => Estimate): Estimate => ({
    mean: gains.reduce((sum, gain) => sum + read(gain).mean, 0) / gains.length,
    error: gains.reduce((sum, gain) => sum + read(gain).error, 0) / gains.length,
  })
  return {
    logLikelihood: meanOf((gain) => gain.logLikelihood),
    depthError: meanOf((gain) => gain.depthError),
  }
}
