import { mean, sampleRankCorrelation, sum } from 'simple-statistics'
import { retweetsOf, type KnownCascade, type LogWeights } from './known-cascade.ts'
import { logSum } from './likelihood.ts'

/** How a kernel's expected trees compare with the known ones. */
export interface KernelAccuracy {
  /** Mean over retweets of the logarithm of the probability that the kernel gave to the known parent. */
  readonly logLikelihood: number
  /** Means over cascades of the mean depth of their events. */
  readonly meanDepthTrue: number
  readonly meanDepthEstimated: number
  /** Mean over cascades of the absolute error of their mean depth. */
  readonly meanAbsoluteError: number
  /** Spearman's rank correlations over cascades; null where all are alike on one side. */
  readonly rhoDepth: number | null
  readonly rhoNonPrimary: number | null
}

/** One cascade's tree: known, and expected under a kernel. */
export interface TreeComparison {
  readonly retweets: number
  readonly logLikelihood: number
  readonly meanDepth: Sides
  /** Retweets made from somebody else than the root's author. */
  readonly nonPrimary: Sides
}

interface Sides {
  readonly known: number
  readonly expected: number
}

/** Compares a kernel's expected trees with the known parents of at least one cascade. */
export function measureKernel(cascades: readonly KnownCascade[], logWeights: LogWeights): KernelAccuracy {
  const trees = cascades.map((cascade) => compareTrees(cascade, logWeights(cascade)))
  const depths = trees.map((tree) => tree.meanDepth)
  return {
    logLikelihood: sum(trees.map((tree) => tree.logLikelihood)) / sum(trees.map((tree) => tree.retweets)),
    meanDepthTrue: mean(depths.map((depth) => depth.known)),
    meanDepthEstimated: mean(depths.map((depth) => depth.expected)),
    meanAbsoluteError: mean(depths.map((depth) => Math.abs(depth.expected - depth.known))),
    rhoDepth: rankCorrelation(depths),
    rhoNonPrimary: rankCorrelation(trees.map((tree) => tree.nonPrimary)),
  }
}

/**
 * Walks a cascade once; `logWeights` are those of its root and events. Closed forms as in the scores, after Rizoiu et
 * al. 2018, arXiv 1802.09808.
 */
export function compareTrees(cascade: KnownCascade, logWeights: readonly number[]): TreeComparison {
  const { parents } = cascade
  const [rootLogWeight = 0] = logWeights
  let [logTotal, expectedDepth] = [rootLogWeight, 1]
  const knownDepths = [0]
  const sums = { logLikelihood: 0, known: 0, expected: 0, indirect: 0, nonPrimary: 0 }
  for (let j = 1; j < parents.length; j++) {
    const [parent = 0, logWeight = 0] = [parents[j], logWeights[j]]
    knownDepths.push((knownDepths[parent] ?? 0) + 1)
    sums.known += knownDepths[j] ?? 0
    sums.expected += expectedDepth
    sums.indirect += parent === 0 ? 0 : 1
    sums.nonPrimary += 1 - Math.exp(rootLogWeight - logTotal)
    sums.logLikelihood += (logWeights[parent] ?? 0) - logTotal
    logTotal = logSum(logTotal, logWeight)
    expectedDepth += Math.exp(logWeight - logTotal)
  }
  const retweets = retweetsOf(cascade)
  return {
    retweets,
    logLikelihood: sums.logLikelihood,
    meanDepth: { known: sums.known / retweets, expected: sums.expected / retweets },
    nonPrimary: { known: sums.indirect, expected: sums.nonPrimary },
  }
}

function rankCorrelation(pairs: readonly Sides[]): number | null {
  if (pairs.length < 2) return null
  const rho = sampleRankCorrelation(
    pairs.map((pair) => pair.known),
    pairs.map((pair) => pair.expected),
  )
  return Number.isNaN(rho) ? null : rho
}
