import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DataFrame } from 'spark-connect-js'

import { debatenightLogWeights } from '../../src/calibration/debatenight.ts'
import { compareTrees } from '../../src/calibration/measure-kernel.ts'
import { powerLogWeights } from '../../src/calibration/power-law.ts'
import type { Participant } from '../../src/schema/cascade.ts'
import { KnownParent } from '../../src/schema/known-parent.ts'
import { Observation } from '../../src/schema/observation.ts'
import { Follow } from '../../src/schema/parent.ts'
import { aggregateByParticipant } from '../../src/transforms/cascade/aggregate-by-participant.ts'
import type { KernelChoice } from '../../src/transforms/cascade/kernel.ts'
import { CALIBRATED, DEBATENIGHT_RATE, kernelOf } from '../../src/transforms/cascade/kernel.ts'
import { parseFollows } from '../../src/transforms/cascade/parse-follows.ts'
import { toKnownParents } from '../../src/transforms/cascade/to-known-parents.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../../src/transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../../src/transforms/cascade/with-kernel-weight.ts'
import type { Cascade, TransformBench } from './cascade-frames.ts'
import { observationsOf, secondsAfterRoot, transformBench } from './cascade-frames.ts'
import { schemaDifferences } from './frame-equality.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const DAY_SECONDS = 86_400
const window = { slotEnd: secondsAfterRoot(300 * DAY_SECONDS), windowHours: 24 * 400 }

const participantsOf = async (cascades: readonly Cascade[]): Promise<DataFrame<typeof Participant>> =>
  (await bench.frameOf(Observation, cascades.flatMap(observationsOf)))
    .transform(withCascadeOrder())
    .transform(aggregateByParticipant(window))

const followsOf = async (list: string) =>
  bench.spark.read.text(await bench.write(list, 'tsv')).transform(parseFollows())

const event = (user: string, seconds: number, followers: number | null = 1) => ({ user, seconds, followers })

describe('a follow list', () => {
  it('has two or three columns, and other lines are left out', async () => {
    const list = 'thread\tfollower\tfollowee\r\n7\tann\tbob\r\nbob\tcat\n\none\na\tb\tc\td\n'
    const follows = await followsOf(list)
    expect(schemaDifferences(await follows.schema(), Follow)).toEqual([])
    expect(await follows.orderBy('follower_id').collect()).toEqual([
      { of_root: '7', follower_id: 'ann', followee_id: 'bob' },
      { of_root: null, follower_id: 'bob', followee_id: 'cat' },
      { of_root: 'thread', follower_id: 'follower', followee_id: 'followee' },
    ])
  })
})

describe('the parent of an event is', () => {
  // The same five users in each cascade, who come in this order; what they follow differs.
  const events = ['ann', 'bob', 'cat', 'dan', 'eve'].map((user, index) => event(user, 60 * (index + 1)))
  const cascade = (root: string): Cascade => ({ root, author: 'me', rootFollowers: 10, events })
  const CASES: Readonly<Record<string, readonly [follows: readonly string[], parents: readonly number[]]>> = {
    '71': [
      ['cat\tann', 'cat\tbob'],
      [0, 0, 2, 0, 0],
    ], // the most recent of those whom one follows
    '72': [
      ['ann\tbob', 'ann\tann'],
      [0, 0, 0, 0, 0],
    ], // not a later one, nor oneself
    '73': [
      ['bob\tme', 'cat\tann'],
      [0, 0, 1, 0, 0],
    ], // the root's author, who is followed as well
    '74': [
      ['cat\tbob', 'cat\tbob', 'dan\tcat', 'eve\tdan'],
      [0, 0, 2, 3, 4],
    ], // a chain; a repeated line
    '75': [['eve\tsomebody else'], [0, 0, 0, 0, 0]],
    '76': [
      ['eve\tme', 'eve\tann'],
      [0, 0, 0, 0, 1],
    ], // a participant rather than the author
  }

  it('the most recent earlier participant whom one follows, else the root', async () => {
    const lists = Object.entries(CASES).flatMap(([root, [follows]]) =>
      follows.map((line) => `${root}\t${line}`),
    )
    const known = (await participantsOf(Object.keys(CASES).map(cascade))).transform(
      toKnownParents(await followsOf(lists.join('\n'))),
    )
    expect(schemaDifferences(await known.schema(), KnownParent)).toEqual([])
    const rows = Map.groupBy(await known.orderBy('root_id', 'position').collect(), (row) => row.root_id)
    for (const [root, [, parents]] of Object.entries(CASES)) {
      expect([root, rows.get(root)?.map((row) => row.parent)]).toEqual([root, parents])
      expect(rows.get(root)?.map((row) => row.position)).toEqual([1, 2, 3, 4, 5])
    }
    expect(rows.get('73')?.[0]).toEqual({
      root_id: '73',
      position: 1,
      parent: 0,
      seconds: 60,
      followers: 1n,
      first_root_followers: 10n,
      last_root_followers: 10n,
      retweeters: 5n,
      known_followers: 5n,
      followed: 2n,
    })
  })

  it('found by a list of all cascades, or of this one, never of another', async () => {
    const known = (await participantsOf([cascade('81'), cascade('82')])).transform(
      toKnownParents(await followsOf('82\tbob\tann\ncat\tann')),
    )
    const rows = Map.groupBy(await known.orderBy('root_id', 'position').collect(), (row) => row.root_id)
    expect(rows.get('81')?.map((row) => row.parent)).toEqual([0, 0, 1, 0, 0])
    expect(rows.get('82')?.map((row) => row.parent)).toEqual([0, 1, 1, 0, 0])
  })

  it('nobody, for the root’s author, a repeat, and an event whose time is unknown', async () => {
    const odd = [event('me', 5), event('ann', 10, null), event('bob', 20), event('ann', 30), event('cat', 40)]
    const rows = [
      ...observationsOf({ root: '83', author: 'me', rootFollowers: null, events: odd }),
      {
        ...observationsOf({ root: '83', author: 'me', rootFollowers: 1, events: [event('fay', 50)] })[0],
        tweet_id: '839',
        tweeted_at: null,
      },
      {
        ...observationsOf({ root: '84', rootFollowers: 1, events: [event('fay', 50)] })[0],
        root_tweeted_at: null,
      },
    ]
    const known = (await bench.frameOf(Observation, rows))
      .transform(withCascadeOrder())
      .transform(aggregateByParticipant(window))
      .transform(toKnownParents(await followsOf('cat\tann\nbob\tme\nfay\tann')))
      .orderBy('position')
    const found = (await known.collect()).map((row) => [
      row.root_id,
      row.position,
      row.parent,
      row.followers,
      row.known_followers,
    ])
    expect(found).toEqual([
      ['83', 1, 0, null, 2n],
      ['83', 2, 0, 1n, 2n],
      ['83', 3, 1, 1n, 2n],
    ])
  })
})

describe('trees compared here', () => {
  const cascades = fc.array(
    fc.record({
      rootFollowers: fc.integer({ min: 0, max: 1e7 }),
      events: fc.array(
        fc.record({
          seconds: fc.integer({ min: 0, max: 30 * DAY_SECONDS }),
          followers: fc.integer({ min: 0, max: 1e6 }),
          parent: fc.nat(),
        }),
        { minLength: 1, maxLength: 20 },
      ),
    }),
    { minLength: 8, maxLength: 8 },
  )
  const OWN = { name: 'own', followersExponent: 0.4, hoursExponent: 1.2, rootLogFactor: -0.5 }

  it.each<[string, KernelChoice, ReturnType<typeof powerLogWeights>]>([
    ['calibrated', 'calibrated', powerLogWeights(CALIBRATED)],
    ['debatenight', 'debatenight', debatenightLogWeights(DEBATENIGHT_RATE)],
    ['a fitted kernel', OWN, powerLogWeights(OWN)],
  ])('are those of the scores’ transforms, by %s', async (_name, choice, logWeights) => {
    await fc.assert(
      fc.asyncProperty(cascades, async (drawn) => {
        const inOrder = drawn.map(({ rootFollowers, events }, index) => ({
          root: `${900 + index}`,
          rootFollowers,
          events: events.toSorted((a, b) => a.seconds - b.seconds),
        }))
        const weighted = (await participantsOf(inOrder)).transform(withKernelWeight(kernelOf(choice)))
        const [weights, spread] = await Promise.all([
          weighted.orderBy('root_id', 'order').collect(),
          weighted
            .transform(withExpectedDepth(window, kernelOf(choice)))
            .orderBy('root_id', 'order')
            .collect(),
        ])
        for (const { root, rootFollowers, events } of inOrder) {
          const parents = events.map((one, index) => one.parent % (index + 1))
          const cascade = {
            rootId: root,
            followers: [rootFollowers, ...events.map((one) => one.followers)],
            seconds: [0, ...events.map((one) => one.seconds)],
            parents: [-1, ...parents],
          }
          const found = compareTrees(cascade, logWeights(cascade))
          const rows = spread.filter((row) => row.root_id === root)
          const sumOf = (column: 'expected_depth' | 'non_primary') =>
            rows.reduce((sum, row) => sum + (row[column] ?? NaN), 0)
          expect(rows).toHaveLength(events.length)
          expect(found.meanDepth.expected).toBeCloseTo(sumOf('expected_depth') / events.length, 9)
          expect(found.nonPrimary.expected).toBeCloseTo(sumOf('non_primary'), 9)
          const own = weights.filter((row) => row.root_id === root)
          const logs = [
            Math.log(own[0]?.root_weight ?? NaN),
            ...own.map((row) => Math.log(row.weight ?? NaN)),
          ]
          const totals = [logs[0] ?? NaN, ...own.map((row) => Math.log(row.total_weight ?? NaN))]
          const likelihood = parents.reduce(
            (sum, parent, index) => sum + (logs[parent] ?? NaN) - (totals[index] ?? NaN),
            0,
          )
          expect(found.logLikelihood).toBeCloseTo(likelihood, 9)
        }
      }),
      { numRuns: 2 },
    )
  })
})
