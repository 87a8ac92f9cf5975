import type { KnownCascade, LogWeights } from './known-cascade.ts'

/** The family of kernels that can be fitted: w = (1 + followers)^a * (1 + hours since the root)^b, the root's times e^c. */
export interface PowerLaw {
  readonly followersExponent: number // a
  readonly hoursExponent: number // b
  readonly rootLogFactor: number // c
}

/** What a fit estimates, in the order of its vectors and matrices. */
export const PARAMETERS = ['hours', 'followers', 'root'] as const
export type Parameter = (typeof PARAMETERS)[number]

/** The largest coefficients: within them, weights stay in the range of doubles for any followers and any years. */
export const LARGEST: Readonly<Record<Parameter, number>> = { hours: 10, followers: 10, root: 30 }

const SECONDS_PER_HOUR = 3_600

/** What the exponents multiply, for each participant: log(1 + hours), log(1 + followers), whether it is the root. */
export const featuresOf = ({ followers, seconds }: KnownCascade): readonly (readonly number[])[] =>
  followers.map((count, i) => [
    Math.log1p((seconds[i] ?? 0) / SECONDS_PER_HOUR),
    Math.log1p(count),
    i === 0 ? 1 : 0,
  ])

/** The law as a vector in the order of `PARAMETERS`. */
export const vectorOf = (law: PowerLaw): readonly number[] => [
  law.hoursExponent,
  law.followersExponent,
  law.rootLogFactor,
]

export const powerLawOf = (vector: readonly number[]): PowerLaw => {
  const [hoursExponent = 0, followersExponent = 0, rootLogFactor = 0] = vector
  return { followersExponent, hoursExponent, rootLogFactor }
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

export const powerLogWeights =
  (law: PowerLaw): LogWeights =>
  (cascade) =>
    featuresOf(cascade).map((features) => dot(features, vectorOf(law)))
