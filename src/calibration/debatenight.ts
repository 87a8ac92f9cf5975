import type { LogWeights } from './known-cascade.ts'

/** The published kernel: w = max(followers, 1) * exp(rate * seconds), Rizoiu et al. 2018, arXiv 1802.09808. */
export const debatenightLogWeights =
  (ratePerSecond: number): LogWeights =>
  ({ followers, seconds }) =>
    followers.map((count, i) => Math.log(Math.max(count, 1)) + ratePerSecond * (seconds[i] ?? 0))
