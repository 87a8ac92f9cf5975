import { dot } from './power-law.ts'

/** One cascade as the likelihood sees it: what is known of each participant, and who retweeted from whom. */
export interface Choices {
  readonly features: readonly (readonly number[])[]
  readonly parents: readonly number[]
}

/** A log-likelihood with its derivatives by the coefficients. */
export interface Likelihood {
  readonly value: number
  readonly gradient: readonly number[]
  /** The negative Hessian, row by row: positive definite where the coefficients are identified. */
  readonly information: readonly (readonly number[])[]
}

/**
 * The log-likelihood of a conditional logit (McFadden 1974): event j picks an earlier i with probability
 * exp(x_i b) / sum over k < j of exp(x_k b). Concave in b. One pass over the events, as the weighted mean and
 * covariance of the features so far are updated event by event (West 1979), in shares of weights: nothing overflows.
 */
export function likelihoodOf({ features, parents }: Choices, b: readonly number[]): Likelihood {
  const size = b.length
  let [value, logTotal] = [0, Number.NEGATIVE_INFINITY]
  const mean = zeros(size)
  const covariance = zeros(size).map(() => zeros(size))
  const gradient = zeros(size)
  const information = zeros(size).map(() => zeros(size))
  for (const [j, x] of features.entries()) {
    const chosen = features[parents[j] ?? -1]
    if (chosen !== undefined) {
      value += dot(chosen, b) - logTotal
      add(gradient, chosen, mean)
      for (const [row, entries] of information.entries()) add(entries, covariance[row] ?? [])
    }
    const logWeight = dot(x, b)
    logTotal = logSum(logTotal, logWeight)
    include(x, Math.exp(logWeight - logTotal), { mean, covariance })
  }
  return { value, gradient, information }
}

/** The sum over cascades, which are independent of each other. */
export function sumOf(likelihoods: readonly Likelihood[], size: number): Likelihood {
  const gradient = zeros(size)
  const information = zeros(size).map(() => zeros(size))
  for (const part of likelihoods) {
    add(gradient, part.gradient)
    for (const [row, entries] of information.entries()) add(entries, part.information[row] ?? [])
  }
  return { value: likelihoods.reduce((sum, part) => sum + part.value, 0), gradient, information }
}

/** log(e^a + e^b), also where either would overflow. */
export const logSum = (a: number, b: number): number => {
  const top = Math.max(a, b)
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top))
}

const zeros = (size: number): number[] => Array.from({ length: size }, () => 0)

/** Adds a vector, or the difference of two, in place. */
function add(sum: number[], plus: readonly number[], minus: readonly number[] = []): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (plus[i] ?? 0) - (minus[i] ?? 0)
}

interface Moments {
  readonly mean: number[]
  readonly covariance: readonly number[][]
}

/** Takes a participant into the weighted moments; `share` is its part of all weights so far. */
function include(x: readonly number[], share: number, { mean, covariance }: Moments): void {
  const apart = x.map((value, i) => value - (mean[i] ?? 0))
  for (const [row, entries] of covariance.entries()) {
    for (let i = 0; i < entries.length; i++) {
      entries[i] = (1 - share) * ((entries[i] ?? 0) + share * (apart[row] ?? 0) * (apart[i] ?? 0))
    }
  }
  add(
    mean,
    apart.map((value) => share * value),
  )
}
