import { EigenvalueDecomposition, Matrix, inverse, solve } from 'ml-matrix'
import { CalibrationError } from './calibration-error.ts'
import { retweetsOf, type KnownCascade } from './known-cascade.ts'
import { likelihoodOf, sumOf, type Choices, type Likelihood } from './likelihood.ts'
import { PARAMETERS, featuresOf, powerLawOf, vectorOf, type Parameter, type PowerLaw } from './power-law.ts'

/** An estimate with its standard errors. */
export interface Coefficient {
  readonly estimate: number
  /** From the inverse Hessian: as if retweets were independent of each other. */
  readonly standardError: number
  /** From the scatter of the cascades' scores: retweets of one cascade may be alike. */
  readonly clusteredError: number
}

export interface Fit {
  readonly law: PowerLaw
  readonly coefficients: Readonly<Record<Parameter, Coefficient>>
  readonly logLikelihood: number
  readonly retweets: number
  readonly iterations: number
}

const UNIFORM: PowerLaw = { followersExponent: 0, hoursExponent: 0, rootLogFactor: 0 }
/** Newton's decrement, twice the gain in log-likelihood that is left: far below any standard error. */
const TOLERANCE = 1e-12
const MOST_ITERATIONS = 200
/** Far from the maximum the curvature says little: no coefficient moves further in one step. */
const LONGEST_MOVE = 2
const MOST_HALVINGS = 60
/** Beyond it a kernel leaves the range of doubles, and no data ask for it: the likelihood has no maximum. */
const LARGEST_COEFFICIENT = 30
/** The smallest eigenvalue of a correlation matrix below which two parameters say the same. */
const SMALLEST_EIGENVALUE = 1e-9

/**
 * Fits the exponents to cascades with known parents by maximum likelihood, with Newton's method. The
 * log-likelihood is concave: every start leads to the same maximum.
 * @throws CalibrationError `not_identified` where the data cannot tell a parameter, `not_converged`
 */
export function fitPowerLaw(cascades: readonly KnownCascade[], start: PowerLaw = UNIFORM): Fit {
  const choices = cascades.map((cascade) => ({ features: featuresOf(cascade), parents: cascade.parents }))
  // Where all weigh the same, the information is the covariance of what is known of the participants.
  requireIdentified(totalAt(choices, vectorOf(UNIFORM)).information)
  let [point, iterations] = [vectorOf(start), 0]
  let here = totalAt(choices, point)
  for (; ; iterations++) {
    const step = newtonStep(here)
    if (decrement(here, step) < TOLERANCE) break
    if (iterations === MOST_ITERATIONS) throw notConverged()
    point = climb(choices, { point, here, step })
    requireBounded(point)
    here = totalAt(choices, point)
  }
  return {
    law: powerLawOf(point),
    coefficients: coefficientsOf(choices, { point, here }),
    logLikelihood: here.value,
    retweets: cascades.reduce((sum, cascade) => sum + retweetsOf(cascade), 0),
    iterations,
  }
}

const totalAt = (choices: readonly Choices[], point: readonly number[]): Likelihood =>
  sumOf(
    choices.map((choice) => likelihoodOf(choice, point)),
    point.length,
  )

function newtonStep({ gradient, information }: Likelihood): readonly number[] {
  const matrix = matrixOf(information)
  // Keeps a step finite where all probability lies on one participant, and changes none near the maximum.
  const ridge = Matrix.eye(gradient.length).mul(1e-12 * (1 + matrix.trace()))
  const step = solve(matrix.add(ridge), Matrix.columnVector([...gradient])).to1DArray()
  const longest = Math.max(...step.map(Math.abs))
  return longest > LONGEST_MOVE ? step.map((move) => (move * LONGEST_MOVE) / longest) : step
}

const decrement = ({ gradient }: Likelihood, step: readonly number[]): number =>
  gradient.reduce((sum, slope, i) => sum + slope * (step[i] ?? 0), 0)

interface Position {
  readonly point: readonly number[]
  readonly here: Likelihood
}

/** Goes along the step, or a part of it, to where the likelihood is higher. */
function climb(
  choices: readonly Choices[],
  { point, here, step }: Position & { readonly step: readonly number[] },
): readonly number[] {
  for (let halvings = 0, length = 1; halvings < MOST_HALVINGS; halvings++, length /= 2) {
    const next = point.map((value, i) => value + length * (step[i] ?? 0))
    if (totalAt(choices, next).value >= here.value) return next
  }
  throw notConverged()
}

function coefficientsOf(choices: readonly Choices[], { point, here }: Position): Fit['coefficients'] {
  const covariance = inverse(matrixOf(here.information))
  const scores = new Matrix(choices.map((choice) => [...likelihoodOf(choice, point).gradient]))
  // The sandwich of Huber 1967 and White 1982, a cascade being one observation.
  const clustered = covariance.mmul(scores.transpose().mmul(scores)).mmul(covariance)
  const coefficient = (index: number): Coefficient => ({
    estimate: point[index] ?? Number.NaN,
    standardError: Math.sqrt(covariance.get(index, index)),
    clusteredError: Math.sqrt(clustered.get(index, index)),
  })
  return { hours: coefficient(0), followers: coefficient(1), root: coefficient(2) }
}

function requireIdentified(information: Likelihood['information']): void {
  const spread = information.map((row, i) => Math.sqrt(row[i] ?? 0))
  const constant = PARAMETERS.find((_, i) => !((spread[i] ?? 0) > 0))
  if (constant) throw new CalibrationError('not_identified', `${CONSTANT[constant]}; ${MORE_CASCADES}`)
  const correlation = information.map((row, i) =>
    row.map((x, k) => x / ((spread[i] ?? 1) * (spread[k] ?? 1))),
  )
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrixOf(correlation), {
    assumeSymmetric: true,
  })
  const smallest = realEigenvalues.indexOf(Math.min(...realEigenvalues))
  if ((realEigenvalues[smallest] ?? 0) > SMALLEST_EIGENVALUE) return
  const entangled = PARAMETERS.filter((_, i) => Math.abs(eigenvectorMatrix.get(i, smallest)) > 0.01)
  throw new CalibrationError(
    'not_identified',
    `the effects of ${entangled.join(' and ')} cannot be told apart, as they vary together in all cascades; ${MORE_CASCADES}`,
  )
}

const MORE_CASCADES = 'add cascades that differ in it, by more --input or a lower --min-retweeters'
const CONSTANT: Readonly<Record<Parameter, string>> = {
  hours: 'all retweets of each cascade came at the same time, so the effect of time cannot be told',
  followers: 'all participants have the same number of followers, so the effect of followers cannot be told',
  root: 'no cascade has a second retweet, so the effect of being the root cannot be told',
}

function requireBounded(point: readonly number[]): void {
  const culprit = PARAMETERS.find((_, i) => !(Math.abs(point[i] ?? Number.NaN) <= LARGEST_COEFFICIENT))
  if (culprit === undefined) return
  throw new CalibrationError(
    'not_identified',
    `the effect of ${UNBOUNDED[culprit]} grows without bound, as it explains every retweet; add cascades that contradict it, by more --input or a lower --min-retweeters`,
  )
}

const UNBOUNDED: Readonly<Record<Parameter, string>> = {
  hours: 'time',
  followers: 'followers',
  root: 'being the root',
}

const matrixOf = (rows: readonly (readonly number[])[]): Matrix => new Matrix(rows.map((row) => [...row]))

const notConverged = (): CalibrationError =>
  new CalibrationError(
    'not_converged',
    `the fit did not settle within ${MOST_ITERATIONS} steps; add cascades, by more --input or a lower --min-retweeters`,
  )
