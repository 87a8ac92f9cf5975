import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { Observation } from '../../src/schema/observation.ts'
import { aggregateByParticipant } from '../../src/transforms/cascade/aggregate-by-participant.ts'
import { KERNELS } from '../../src/transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import { withKernelWeight } from '../../src/transforms/cascade/with-kernel-weight.ts'
import type { Event, TransformBench } from './cascade-frames.ts'
import { observationsOf, secondsAfterRoot, spread, transformBench } from './cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const window = { slotEnd: secondsAfterRoot(86_400), windowHours: 48 }
const DAY_SECONDS = 86_400

describe('the weights of a cascade', () => {
  it('are those written out, the root’s author weighing nothing a second time', async () => {
    const events = [
      { seconds: 0, followers: 99 },
      { seconds: 1800, followers: 1e6, user: 'me' },
      { seconds: 3600, followers: null },
    ]
    const cascade = { root: '500', author: 'me', rootFollowers: 0, events }
    const rows = await (
      await bench.frameOf(Observation, observationsOf(cascade))
    )
      .transform(withCascadeOrder())
      .transform(aggregateByParticipant(window))
      .transform(withKernelWeight(KERNELS.calibrated))
      .orderBy((c) => c.order)
      .collect()
    const [first, me, third] = rows
    // w_0 = 1^0.61 * e^1.542, w_1 = 100^0.61, w_2 = 1^0.61 * 2^0.859; unknown followers weigh as none.
    expect(first?.root_weight).toBeCloseTo(4.673931, 5)
    expect([first?.weight, first?.total_weight].map((w) => w?.toFixed(4))).toEqual(['16.5959', '21.2698'])
    expect([me?.weight, me?.is_root_author]).toEqual([0, true])
    expect([third?.weight, third?.total_weight].map((w) => w?.toFixed(4))).toEqual(['1.8138', '23.0836'])
  })

  it('begin at the root’s time, also for a retweet whose clock is behind it', async () => {
    const rest = [{ seconds: 60, followers: 8 }]
    const at = (seconds: number): readonly Event[] => [{ seconds, followers: 1000 }, ...rest]
    const cascades = [at(0), at(-7200)].map((events, index) => ({
      root: `51${index}`,
      rootFollowers: 10,
      events,
    }))
    for (const kernel of ['calibrated', 'debatenight'] as const) {
      const found = await spread(bench, cascades, { kernel })
      const depths = cascades.map(({ root }) => found.get(root)?.map((row) => row.expected_depth))
      expect(depths[1]).toEqual(depths[0])
      expect(depths[0]?.[0]).toBe(1)
      // w_1 / (w_0 + w_1)
      const ofDebatenight = 1 + 1000 / 1010
      const ofCalibrated = 1 + 1001 ** 0.61 / (1001 ** 0.61 + 11 ** 0.61 * Math.exp(1.542))
      expect(depths[0]?.[1]).toBeCloseTo(kernel === 'calibrated' ? ofCalibrated : ofDebatenight, 9)
    }
  })

  it('take the followers of the root’s author from the first sighting that knows them', async () => {
    const events = [60, 120, 180].map((seconds) => ({ seconds, followers: 5 }))
    const sightings = observationsOf({ root: '520', rootFollowers: null, events })
    const followers = [null, 40, 900]
    const rows = await (
      await bench.frameOf(
        Observation,
        sightings.map((sighting, index) => ({
          ...sighting,
          root_author_followers: followers[index] ?? null,
        })),
      )
    )
      .transform(withCascadeOrder())
      .transform(aggregateByParticipant(window))
      .transform(withKernelWeight(KERNELS.debatenight))
      .collect()
    expect(rows.map((row) => row.root_weight)).toEqual([40, 40, 40])
    expect(rows.map((row) => row.last_root_followers)).toEqual([900n, 900n, 900n])
  })
})

describe('debatenight over 400 days', () => {
  it('counts what each draws downstream as logarithms do, to nine digits', async () => {
    const days = [0, 0, 2, 50.9, 51.1, 102, 170, 170, 299.99, 300, 399, 400]
    const events = days.map((day, index) => ({
      seconds: day * DAY_SECONDS,
      followers: [0, 10_000_000, 40][index % 3] ?? 0,
    }))
    const found = await spread(bench, [{ root: '530', rootFollowers: 1e8, events }], {
      kernel: 'debatenight',
    })
    const rows = found.get('530') ?? []
    const logs = events.map(({ followers, seconds }) => Math.log(Math.max(followers, 1)) + 0.000068 * seconds)
    // 1 / share_j = the sum of exp(log w_i - log w_j): what outgrows a double makes the share 0.
    const share = (j: number): number =>
      1 /
      [Math.log(1e8), ...logs.slice(0, j + 1)].reduce((sum, log) => sum + Math.exp(log - (logs[j] ?? 0)), 0)
    const downstream = events.map((_, j) => share(j) * (events.length - 1 - j))
    expect(rows).toHaveLength(events.length)
    for (const [j, row] of rows.entries())
      expect(row.expected_downstream).toBeCloseTo(downstream[j] ?? NaN, 9)
    expect(rows.every((row) => Number.isFinite(row.expected_depth))).toBe(true)
  })
})
