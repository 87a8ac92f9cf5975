import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { CalibrationError } from './calibration-error.ts'
import { LARGEST, PARAMETERS, type Parameter } from './power-law.ts'

/** The smallest eigenvalue of a correlation matrix below which two parameters say the same. */
const SMALLEST_EIGENVALUE = 1e-9
/** The part of an entangled parameter in the direction that changes nothing. */
const SMALLEST_PART = 0.01
/** Far beyond any effect: where the likelihood rises for ever, its curvature goes to nothing. */
const LARGEST_ERROR = 10

const EFFECT: Readonly<Record<Parameter, string>> = {
  hours: 'time',
  followers: 'followers',
  root: 'being the root',
}
const CONSTANT: Readonly<Record<Parameter, string>> = {
  hours: 'all retweets of each cascade came at the same time, so the effect of time cannot be told',
  followers: 'all participants have the same number of followers, so the effect of followers cannot be told',
  root: 'no cascade has a second retweet, so the effect of being the root cannot be told',
}
const WAY_OUT = 'by more --input or a lower --min-retweeters'

/**
 * @param information where all participants weigh the same: the covariance of what is known of them
 * @throws CalibrationError `not_identified` where a parameter varies nowhere, or only together with others
 */
export function requireIdentified(information: readonly (readonly number[])[]): void {
  const spread = information.map((row, i) => Math.sqrt(row[i] ?? 0))
  const constant = PARAMETERS.find((_, i) => !((spread[i] ?? 0) > 0))
  if (constant) throw notIdentified(`${CONSTANT[constant]}; add cascades in which it differs, ${WAY_OUT}`)
  const correlation = information.map((row, i) =>
    row.map((value, k) => value / ((spread[i] ?? 1) * (spread[k] ?? 1))),
  )
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(correlation), {
    assumeSymmetric: true,
  })
  const smallest = realEigenvalues.indexOf(Math.min(...realEigenvalues))
  if ((realEigenvalues[smallest] ?? 0) > SMALLEST_EIGENVALUE) return
  const entangled = PARAMETERS.filter((_, i) => Math.abs(eigenvectorMatrix.get(i, smallest)) > SMALLEST_PART)
  throw notIdentified(
    `the effects of ${effectsOf(entangled)} cannot be told apart, as they vary together in all cascades; add cascades in which they do not, ${WAY_OUT}`,
  )
}

/**
 * @param point the coefficients on the way to the maximum
 * @throws CalibrationError `not_identified` where one runs away: the likelihood has no maximum
 */
export function requireBounded(point: readonly number[]): void {
  const culprits = PARAMETERS.filter((_, i) => !(Math.abs(point[i] ?? Number.NaN) <= LARGEST.root))
  if (culprits.length > 0) throw unbounded(culprits)
}

/**
 * @param coefficients those of the maximum
 * @throws CalibrationError `not_identified` where one is beyond any kernel, or known to no digit
 */
export function requireDetermined(
  coefficients: Readonly<Record<Parameter, { readonly estimate: number; readonly standardError: number }>>,
): void {
  const culprits = PARAMETERS.filter((parameter) => {
    const { estimate, standardError } = coefficients[parameter]
    return !(Math.abs(estimate) <= LARGEST[parameter] && standardError <= LARGEST_ERROR)
  })
  if (culprits.length > 0) throw unbounded(culprits)
}

const unbounded = (culprits: readonly Parameter[]): CalibrationError =>
  notIdentified(
    `the effect of ${effectsOf(culprits)} grows without bound, as it explains every retweet; add cascades that contradict it, ${WAY_OUT}`,
  )

const effectsOf = (parameters: readonly Parameter[]): string =>
  parameters.map((parameter) => EFFECT[parameter]).join(' and ')

const notIdentified = (sentence: string): CalibrationError => new CalibrationError('not_identified', sentence)
