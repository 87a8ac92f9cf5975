import { describe, expect, it } from '@jest/globals'

import { debatenightLogWeights } from '../../src/calibration/debatenight.ts'
import { compareTrees, measureKernel } from '../../src/calibration/measure-kernel.ts'
import { powerLogWeights } from '../../src/calibration/power-law.ts'

const cascadeOf = (parents: readonly number[], followers = parents.map(() => 0)) => ({
  rootId: 'made up',
  followers,
  seconds: parents.map(() => 0),
  parents,
})
const equalWeights = powerLogWeights({ followersExponent: 0, hoursExponent: 0, rootLogFactor: 0 })

describe('a tree compared', () => {
  it('has every figure written out', () => {
    // Equal weights: d = 1, 1 + 1/2, 1 + 1/2 + 1/3; non-primary 0, 1/2, 2/3; known depths 1, 2, 3.
    const chain = cascadeOf([-1, 0, 1, 2])
    const found = compareTrees(chain, equalWeights(chain))
    expect(found.retweets).toBe(3)
    expect(found.logLikelihood).toBeCloseTo(-Math.log(6), 12)
    expect(found.meanDepth.known).toBe(2)
    expect(found.meanDepth.expected).toBeCloseTo((1 + 1.5 + 11 / 6) / 3, 12)
    expect(found.nonPrimary.known).toBe(2)
    expect(found.nonPrimary.expected).toBeCloseTo(7 / 6, 12)
  })

  it('goes by the weights', () => {
    // w = 1, 2, 3, 4: d = 1, 1 + 2/3, 1 + 2/3 + 3/6; non-primary 0, 2/3, 5/6; parents of 1, 1/3, 3/6.
    const found = compareTrees(cascadeOf([-1, 0, 0, 2]), [1, 2, 3, 4].map(Math.log))
    expect(found.logLikelihood).toBeCloseTo(Math.log(1 / 3) + Math.log(3 / 6), 12)
    expect(found.meanDepth.known).toBeCloseTo(4 / 3, 12)
    expect(found.meanDepth.expected).toBeCloseTo((1 + 5 / 3 + 13 / 6) / 3, 12)
    expect(found.nonPrimary.known).toBe(1)
    expect(found.nonPrimary.expected).toBeCloseTo(2 / 3 + 5 / 6, 12)
  })
})

describe('the logarithms of weights', () => {
  it('are those of the kernels’ formulae', () => {
    const cascade = { rootId: '1', followers: [0, 99, 0], seconds: [0, 0, 3600], parents: [-1, 0, 0] }
    const calibrated = powerLogWeights({
      followersExponent: 0.61,
      hoursExponent: 0.859,
      rootLogFactor: 1.542,
    })
    // e^1.542, 100^0.61, 2^0.859
    for (const [i, weight] of [4.673931, 16.595869, 1.813781].entries()) {
      expect(Math.exp(calibrated(cascade)[i] ?? NaN)).toBeCloseTo(weight, 5)
    }
    // max(followers, 1), and e^0.2448 an hour later
    for (const [i, weight] of [1, 99, 1.277366].entries()) {
      expect(Math.exp(debatenightLogWeights(0.000068)(cascade)[i] ?? NaN)).toBeCloseTo(weight, 5)
    }
  })
})

describe('the accuracy of a kernel', () => {
  it('means over retweets for the likelihood, over cascades for depth', () => {
    const [chain, star] = [cascadeOf([-1, 0, 1, 2]), cascadeOf([-1, 0, 0])]
    const found = measureKernel([chain, star], equalWeights)
    expect(found.logLikelihood).toBeCloseTo(-Math.log(12) / 5, 12)
    expect(found.meanDepthTrue).toBe(1.5)
    expect(found.meanDepthEstimated).toBeCloseTo((13 / 9 + 1.25) / 2, 12)
    expect(found.meanAbsoluteError).toBeCloseTo((2 - 13 / 9 + 0.25) / 2, 12)
    expect([found.rhoDepth, found.rhoNonPrimary]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)])
  })

  it('has no rank correlation where there is nothing to rank', () => {
    const star = cascadeOf([-1, 0, 0])
    expect(measureKernel([star], equalWeights)).toMatchObject({ rhoDepth: null, rhoNonPrimary: null })
    expect(measureKernel([star, star], equalWeights)).toMatchObject({ rhoDepth: null, rhoNonPrimary: null })
  })
})
