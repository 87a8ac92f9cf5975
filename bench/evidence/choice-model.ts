import { Matrix, solve } from 'ml-matrix'
import type { RealCascade } from './real-cascades.ts'

/** Evidence that event j was made from the earlier i: a logarithm, so that a coefficient is an exponent. */
export type Feature = (cascade: RealCascade, i: number, j: number) => number

/** A cascade as a model sees it: its features for each j and i < j, one pair after the other. */
export interface Choices {
  readonly parents: readonly number[]
  readonly pairs: Float64Array
  readonly weight: number // of its retweets in a fit
}

/** All that a model says of a cascade, computed once. Pairs are as many as the square of its participants. */
export function choicesOf(cascade: RealCascade, features: readonly Feature[], weight = 1): Choices {
  const { parents } = cascade
  const pairs = new Float64Array((parents.length * (parents.length - 1) * features.length) / 2)
  let at = 0
  for (let j = 1; j < parents.length; j++)
    for (let i = 0; i < j; i++) for (const feature of features) pairs[at++] = feature(cascade, i, j)
  return { parents, pairs, weight }
}

/** The probabilities of all i < j at coefficients `b`, j after j, each handed over with where its pairs begin. */
function forEachChoice(
  { parents, pairs }: Choices,
  b: readonly number[],
  visit: (j: number, probabilities: readonly number[], from: number) => void,
): void {
  const size = b.length
  let from = 0
  for (let j = 1; j < parents.length; j++) {
    const logs = Array.from({ length: j }, (_, i) =>
      b.reduce((sum, coefficient, k) => sum + coefficient * (pairs[from + i * size + k] ?? 0), 0),
    )
    const top = logs.reduce((most, log) => Math.max(most, log), -Infinity)
    const weights = logs.map((log) => Math.exp(log - top))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    visit(
      j,
      weights.map((weight) => weight / total),
      from,
    )
    from += j * size
  }
}

/** How a model at coefficients `b` does on one cascade. */
export interface Outcome {
  readonly logLikelihood: number // of all its retweets
  readonly depthError: number // absolute error of its mean depth
}

/** Expected depth without closed forms, so for any evidence: `d_j = 1 + sum over i < j of p_ij d_i`. */
export function outcomeOf(choices: Choices, b: readonly number[]): Outcome {
  const { parents } = choices
  const [known, expected] = [[0], [0]]
  let logLikelihood = 0
  forEachChoice(choices, b, (j, probabilities) => {
    const parent = parents[j] ?? 0
    logLikelihood += Math.log(probabilities[parent] ?? 0)
    known.push(1 + (known[parent] ?? 0))
    expected.push(1 + probabilities.reduce((sum, p, i) => sum + p * (expected[i] ?? 0), 0))
  })
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return { logLikelihood, depthError: Math.abs(sum(expected) - sum(known)) / (parents.length - 1) }
}

interface Slopes {
  value: number
  readonly gradient: number[]
  readonly information: number[][]
}

function slopesOf(all: readonly Choices[], b: readonly number[]): Slopes {
  const size = b.length
  const slopes: Slopes = {
    value: 0,
    gradient: b.map(() => 0),
    information: b.map(() => b.map(() => 0)),
  }
  for (const choices of all) {
    forEachChoice(choices, b, (j, probabilities, from) => {
      const x = (i: number, k: number) => choices.pairs[from + i * size + k] ?? 0
      const mean = b.map((_, k) => probabilities.reduce((sum, p, i) => sum + p * x(i, k), 0))
      const parent = choices.parents[j] ?? 0
      slopes.value += choices.weight * Math.log(probabilities[parent] ?? 0)
      for (let k = 0; k < size; k++) {
        slopes.gradient[k] = (slopes.gradient[k] ?? 0) + choices.weight * (x(parent, k) - (mean[k] ?? 0))
        const row = slopes.information[k] ?? []
        for (let l = 0; l < size; l++) {
          const spread = probabilities.reduce(
            (sum, p, i) => sum + p * (x(i, k) - (mean[k] ?? 0)) * (x(i, l) - (mean[l] ?? 0)),
            0,
          )
          row[l] = (row[l] ?? 0) + choices.weight * spread
        }
      }
    })
  }
  return slopes
}

const MOST_STEPS = 60
const SETTLED = 1e-8

/** The coefficients of maximum likelihood (conditional logit, McFadden 1974), by Newton's method with halved steps. */
export function fit(all: readonly Choices[], start: readonly number[]): readonly number[] {
  let b = start
  let here = slopesOf(all, b)
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const information = new Matrix(here.information)
    const ridge = Matrix.eye(b.length).mul(1e-9 * (1 + information.trace()))
    const step = solve(information.add(ridge), Matrix.columnVector(here.gradient)).to1DArray()
    if (here.gradient.reduce((sum, slope, k) => sum + slope * (step[k] ?? 0), 0) < SETTLED) return b
    for (let length = 1; ; length /= 2) {
      const next = b.map((value, k) => value + length * (step[k] ?? 0))
      const there = slopesOf(all, next)
      if (there.value < here.value && length > SETTLED) continue
      ;[b, here] = [next, there]
      break
    }
  }
  throw new Error(`no maximum within ${MOST_STEPS} steps`)
}
