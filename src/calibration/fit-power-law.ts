import { Matrix, inverse, solve } from 'ml-matrix'
import { CalibrationError } from './calibration-error.ts'
import { retweetsOf, type KnownCascade } from './known-cascade.ts'
import { likelihoodOf, sumOf, type Choices, type Likelihood } from './likelihood.ts'
import { featuresOf, powerLawOf, vectorOf, type Parameter, type PowerLaw } from './power-law.ts'
import { requireBounded, requireDetermined, requireIdentified } from './require-identified.ts'

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
/**
 * Newton's decrement, twice the gain that is left, as a part of the log-likelihood: far below any standard error, and
 * above what rounding does to a sum over millions of retweets.
 */
const TOLERANCE = 1e-11
const MOST_ITERATIONS = 200
/** Far from the maximum the curvature says little: no coefficient moves further in one step. */
const LONGEST_MOVE = 2
const MOST_HALVINGS = 60

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
  for (; ; iterations++) {
    const here = totalAt(choices, point)
    const step = newtonStep(here)
    // So near the maximum, Newton's last step needs no proof: rounding would decide on it.
    if (decrement(here, step) < TOLERANCE * (1 + Math.abs(here.value))) {
      point = moved(point, step)
      break
    }
    if (iterations === MOST_ITERATIONS) throw notConverged()
    point = climb(choices, { point, here, step })
    requireBounded(point)
  }
  const here = totalAt(choices, point)
  const coefficients = coefficientsOf(choices, { point, here })
  requireDetermined(coefficients)
  return {
    law: powerLawOf(point),
    coefficients,
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

const moved = (point: readonly number[], step: readonly number[], length = 1): readonly number[] =>
  point.map((value, i) => value + length * (step[i] ?? 0))

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
    const next = moved(point, step, length)
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

const matrixOf = (rows: readonly (readonly number[])[]): Matrix => new Matrix(rows.map((row) => [...row]))

const notConverged = (): CalibrationError =>
  new CalibrationError(
    'not_converged',
    `the fit did not settle within ${MOST_ITERATIONS} steps; add cascades, by more --input or a lower --min-retweeters`,
  )
