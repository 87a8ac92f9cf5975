import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import type { Cascade } from './cascade-frames.ts'

/** The kernels, written down a second time from their definitions. */
const WEIGHTS: Readonly<Record<KernelName, (followers: number, seconds: number, isRoot: boolean) => number>> =
  {
    calibrated: (followers, seconds, isRoot) =>
      (1 + followers) ** 0.61 * (1 + seconds / 3600) ** 0.859 * (isRoot ? Math.exp(1.542) : 1),
    debatenight: (followers, seconds) => Math.max(followers, 1) * Math.exp(0.000068 * seconds),
  }

/** The weights of a cascade, the root's first. */
export const weightsOf = (kernel: KernelName, { rootFollowers, events }: Cascade): readonly number[] => [
  WEIGHTS[kernel](rootFollowers ?? 0, 0, true),
  ...events.map(({ followers, seconds }) => WEIGHTS[kernel](followers ?? 0, seconds, false)),
]

/** What is expected of each event, the root's first. */
export interface TreeMeasures {
  readonly depth: readonly number[]
  readonly nonPrimary: readonly number[]
  readonly downstream: readonly number[]
  readonly children: readonly number[]
}

/**
 * The expectations without closed forms, in O(n^2): depth forward, from the depth of whomever an event may come from;
 * downstream backward, from that of whomever it may have drawn.
 */
export function expectationsOf(weights: readonly number[]): TreeMeasures {
  const probabilities = weights.map((_, event) => {
    const earlier = weights.slice(0, event)
    const total = earlier.reduce((sum, weight) => sum + weight, 0)
    return earlier.map((weight) => weight / total)
  })
  const depth: number[] = []
  for (const [event, from] of probabilities.entries()) {
    const ofParent = from.reduce((sum, p, i) => sum + p * (depth[i] ?? NaN), 0)
    depth.push(event === 0 ? 0 : 1 + ofParent)
  }
  const downstream = weights.map(() => 0)
  const children = weights.map(() => 0)
  for (let event = weights.length - 1; event > 0; event--) {
    for (const [i, p] of (probabilities[event] ?? []).entries()) {
      children[i] = (children[i] ?? NaN) + p
      downstream[i] = (downstream[i] ?? NaN) + p * (1 + (downstream[event] ?? NaN))
    }
  }
  const nonPrimary = probabilities.map((from) => from.slice(1).reduce((sum, p) => sum + p, 0))
  return { depth, nonPrimary, downstream, children }
}
