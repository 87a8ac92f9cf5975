import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from '@jest/globals'

import { CALIBRATED, CANDIDATES } from '../../bench/evidence/candidates.ts'
import { choicesOf, fit, outcomeOf } from '../../bench/evidence/choice-model.ts'
import { averaged, gainOf, heldOut, randomFolds } from '../../bench/evidence/cross-validation.ts'
import { readRealCascades, type RealCascade } from '../../bench/evidence/real-cascades.ts'
import { fitPowerLaw } from '../../src/calibration/fit-power-law.ts'
import { compareTrees } from '../../src/calibration/measure-kernel.ts'
import { powerLogWeights, vectorOf } from '../../src/calibration/power-law.ts'
import { drawCascades } from '../calibration/invented-cascades.ts'

const law = { followersExponent: 0.5, hoursExponent: 0.3, rootLogFactor: 1 }
const drawn = drawCascades(powerLogWeights(law), { cascades: 20, events: 25, seed: 5 })
const cascades = drawn.map(({ rootId, followers, seconds, parents }): RealCascade => ({
  rootId,
  authorId: rootId,
  parents,
  participants: followers.map((count, index) => ({
    seconds: seconds[index] ?? 0,
    followers: count,
    friends: (count * 7) % 31,
    statuses: (count * 5) % 97,
    listed: (count * 3) % 11,
    favouritesGiven: count % 13,
    accountDays: 1 + (count % 17),
    isVerified: count % 3 === 0,
  })),
}))
const choices = cascades.map((cascade) => choicesOf(cascade, CALIBRATED.features))

describe('the model of further evidence', () => {
  it('is fitted to what `calibrate` finds, and measures as `evaluate` does', () => {
    const coefficients = fit(choices, [0, 0, 0])
    const expected = fitPowerLaw(drawn).law
    for (const [index, value] of vectorOf(expected).entries())
      expect(coefficients[index]).toBeCloseTo(value, 4)
    for (const [index, cascade] of drawn.entries()) {
      const found = outcomeOf(choices[index] ?? choicesOf(cascades[0] ?? NONE, []), vectorOf(law))
      const { logLikelihood, meanDepth } = compareTrees(cascade, powerLogWeights(law)(cascade))
      expect(found.logLikelihood).toBeCloseTo(logLikelihood, 9)
      expect(found.depthError).toBeCloseTo(Math.abs(meanDepth.expected - meanDepth.known), 9)
    }
  })

  it('gains nothing over itself, and loses by leaving out what parents were drawn by', () => {
    const groups = randomFolds(cascades.length, 5, 1)
    expect(Map.groupBy(groups, (group) => group).size).toBe(5)
    const base = heldOut(cascades, groups, CALIBRATED)
    expect(gainOf(cascades, groups, [base, base]).logLikelihood).toEqual({ mean: 0, error: 0 })
    const without = CANDIDATES.find(({ name }) => name === 'no factor for the root') ?? CALIBRATED
    const gain = gainOf(cascades, groups, [heldOut(cascades, groups, without), base])
    expect(averaged([gain, gain])).toEqual(gain)
    expect(gain.logLikelihood.mean).toBeLessThan(-2 * gain.logLikelihood.error)
  })
})

const NONE: RealCascade = { rootId: '', authorId: '', participants: [], parents: [] }

describe('real cascades', () => {
  it('have the latest earlier participant whom one follows for a parent, else the root', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ripplerank-evidence-'))
    const user = (id: string, followers: number | null) => ({
      id_str: id,
      created_at: 'Sun Dec 09 00:00:00 +0000 2018',
      followers_count: followers,
      friends_count: 1,
      statuses_count: 2,
      listed_count: 3,
      favourites_count: 4,
    })
    const retweet = (id: string, minute: number, by: string) =>
      JSON.stringify({
        id_str: id,
        created_at: `Mon Dec 10 00:0${minute}:00 +0000 2018`,
        user: user(by, minute),
        retweeted_status: {
          id_str: '1',
          created_at: 'Mon Dec 10 00:00:00 +0000 2018',
          user: user('r', minute * 10),
        },
      })
    const [tweets, follows] = [join(folder, 'tweets.gz'), join(folder, 'follows.tsv')]
    const lines = [retweet('13', 3, 'c'), retweet('11', 1, 'a'), retweet('12', 2, 'b'), retweet('14', 4, 'a')]
    writeFileSync(tweets, gzipSync(lines.join('\n')))
    writeFileSync(
      follows,
      ['thread\tfollower\tfollowee', '1\tc\ta', '1\tc\tb', '1\tb\tc', '2\tb\ta'].join('\n'),
    )
    const [cascade] = readRealCascades({ tweets, follows }, 3)
    expect(cascade?.parents).toEqual([-1, 0, 0, 2])
    expect(
      cascade?.participants.map(({ followers, seconds, accountDays }) => [followers, seconds, accountDays]),
    ).toEqual([
      [40, 0, 1],
      [1, 60, 1 + 60 / 86_400],
      [2, 120, 1 + 120 / 86_400],
      [3, 180, 1 + 180 / 86_400],
    ])
    expect(readRealCascades({ tweets, follows }, 4)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
