import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { fitPowerLaw } from '../../src/calibration/fit-power-law.ts'
import type { KnownCascade } from '../../src/calibration/known-cascade.ts'
import { likelihoodOf } from '../../src/calibration/likelihood.ts'
import { featuresOf, powerLawOf, powerLogWeights, vectorOf } from '../../src/calibration/power-law.ts'
import { anyCascades, drawCascades } from './invented-cascades.ts'

const LAW = { followersExponent: 0.61, hoursExponent: 0.859, rootLogFactor: 1.542 }
const drawn = drawCascades(powerLogWeights(LAW), { cascades: 60, events: 80, seed: 7 })

const coefficient = fc.double({ min: -3, max: 3, noNaN: true })
const point = fc.tuple(coefficient, coefficient, coefficient)

const choicesOf = (cascade: KnownCascade) => ({ features: featuresOf(cascade), parents: cascade.parents })

/** The log-likelihood from its definition: for each event, the weights of all before it. */
function byDefinition(cascade: KnownCascade, b: readonly number[]): number {
  const logs = powerLogWeights(powerLawOf(b))(cascade)
  return cascade.parents.slice(1).reduce((sum, parent, index) => {
    const [earlier, top] = [logs.slice(0, index + 1), Math.max(...logs.slice(0, index + 1))]
    const total = earlier.reduce((weight, log) => weight + Math.exp(log - top), 0)
    return sum + (logs[parent] ?? 0) - top - Math.log(total)
  }, 0)
}

describe('the log-likelihood', () => {
  it('is that of its definition', () => {
    fc.assert(
      fc.property(anyCascades, point, (cascades, b) => {
        for (const cascade of cascades) {
          expect(likelihoodOf(choicesOf(cascade), b).value).toBeCloseTo(byDefinition(cascade, b), 8)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('has the derivatives that differences show', () => {
    const STEP = 1e-5
    fc.assert(
      fc.property(anyCascades, point, ([cascade], b) => {
        if (!cascade) return
        const at = (i: number, step: number) =>
          likelihoodOf(
            choicesOf(cascade),
            b.map((value, k) => (k === i ? value + step : value)),
          )
        const { gradient, information } = likelihoodOf(choicesOf(cascade), b)
        for (const i of [0, 1, 2]) {
          const [up, down] = [at(i, STEP), at(i, -STEP)]
          expect(gradient[i]).toBeCloseTo((up.value - down.value) / (2 * STEP), 4)
          for (const k of [0, 1, 2]) {
            const curvature = ((up.gradient[k] ?? 0) - (down.gradient[k] ?? 0)) / (2 * STEP)
            expect(information[i]?.[k]).toBeCloseTo(-curvature, 4)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('stays finite where weights leave the range of doubles', () => {
    const found = likelihoodOf(choicesOf(drawn[0] ?? (drawn[1] as KnownCascade)), [500, -300, 900])
    expect([found.value, ...found.gradient, ...found.information.flat()].every(Number.isFinite)).toBe(true)
  })
})

describe('the fit', () => {
  it('finds the kernel that cascades were drawn by, within its standard errors', () => {
    const { coefficients, law, retweets } = fitPowerLaw(drawn)
    expect(retweets).toBe(60 * 80)
    for (const [found, drawnBy] of [
      [coefficients.followers, LAW.followersExponent],
      [coefficients.hours, LAW.hoursExponent],
      [coefficients.root, LAW.rootLogFactor],
    ] as const) {
      expect(found.standardError).toBeLessThan(0.15)
      expect(Math.abs(found.estimate - drawnBy)).toBeLessThan(3 * found.standardError)
      // Independent draws: both errors estimate the same.
      expect(found.clusteredError / found.standardError).toBeCloseTo(1, 0)
    }
    expect(law.hoursExponent).toBe(coefficients.hours.estimate)
  })

  it('is the same from any start', () => {
    const best = fitPowerLaw(drawn)
    const far = fc.double({ min: -25, max: 25, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(far, far, far), (start) => {
        const found = fitPowerLaw(drawn, powerLawOf(start))
        for (const [i, value] of vectorOf(best.law).entries())
          expect(vectorOf(found.law)[i]).toBeCloseTo(value, 6)
      }),
      { numRuns: 10 },
    )
  })

  it('is a maximum: nothing near it is likelier', () => {
    const { law, logLikelihood } = fitPowerLaw(drawn)
    for (const [i, value] of vectorOf(law).entries()) {
      for (const step of [-0.01, 0.01]) {
        const beside = vectorOf(law).with(i, value + step)
        const likelihood = drawn.reduce((sum, cascade) => sum + byDefinition(cascade, beside), 0)
        expect(likelihood).toBeLessThan(logLikelihood)
      }
    }
  })

  it('does not depend on the order of the cascades', () => {
    expect(vectorOf(fitPowerLaw(drawn.toReversed()).law)[0]).toBeCloseTo(
      vectorOf(fitPowerLaw(drawn).law)[0] ?? 0,
      9,
    )
  })
})

describe('data that do not determine a kernel are refused:', () => {
  const refused = (change: (cascade: KnownCascade) => Partial<KnownCascade>) => {
    const changed = drawn.map((cascade) => ({ ...cascade, ...change(cascade) }))
    try {
      return fitPowerLaw(changed)
    } catch (error) {
      return error
    }
  }
  it.each<[string, (cascade: KnownCascade) => Partial<KnownCascade>, RegExp]>([
    [
      'all have the same followers',
      ({ followers }) => ({ followers: followers.map(() => 50) }),
      /^all participants have the same number of followers, .*; add cascades/,
    ],
    [
      'all came at once',
      ({ seconds }) => ({ seconds: seconds.map(() => 0) }),
      /^all retweets of each cascade came at the same time, .*; add cascades/,
    ],
    [
      'one retweet a cascade',
      ({ followers, seconds }) => ({
        followers: followers.slice(0, 2),
        seconds: seconds.slice(0, 2),
        parents: [-1, 0],
      }),
      /; add cascades/,
    ],
    [
      'followers rise with time alone',
      ({ seconds }) => ({ followers: seconds.map((s) => s / 3600) }),
      /^the effects of time and followers cannot be told apart, .*; add cascades/,
    ],
    [
      'the first one with the most followers explains every retweet',
      ({ followers }) => ({
        parents: followers.map((_, j) => {
          const earlier = followers.slice(0, j)
          return earlier.indexOf(Math.max(...earlier))
        }),
      }),
      /^the effect of followers grows without bound, .*; add cascades/,
    ],
    [
      'followers explain every retweet so well that a small effect is enough',
      ({ rootId }) => ({
        followers: [1e3, 1, 1e5, 1e2, 1e7, 10],
        seconds: [0, 1, 2, 3, 4, 5].map((step) => 600 * step * (1 + (Number(rootId) % 7))),
        parents: [-1, 0, 0, 2, 2, 4],
      }),
      /^the effect of .*followers.* grows without bound, .*; add cascades/,
    ],
    [
      'everybody retweeted the root',
      ({ parents }) => ({ parents: parents.map((_, j) => (j === 0 ? -1 : 0)) }),
      /^the effect of being the root grows without bound, .*; add cascades/,
    ],
  ])('%s', (_case, change, sentence) => {
    expect(refused(change)).toMatchObject({
      name: 'CalibrationError',
      code: 'not_identified',
      message: expect.stringMatching(sentence),
    })
  })
})
