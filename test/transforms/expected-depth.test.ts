import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import type { Cascade, Event, TransformBench } from './cascade-frames.ts'
import { secondsAfterRoot, spread, transformBench } from './cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const KERNEL_NAMES: readonly KernelName[] = ['calibrated', 'debatenight']

/** The kernels, written down a second time from their definitions. */
const WEIGHTS: Readonly<Record<KernelName, (followers: number, seconds: number, isRoot: boolean) => number>> =
  {
    calibrated: (followers, seconds, isRoot) =>
      (1 + followers) ** 0.61 * (1 + seconds / 3600) ** 0.859 * (isRoot ? Math.exp(1.542) : 1),
    debatenight: (followers, seconds) => Math.max(followers, 1) * Math.exp(0.000068 * seconds),
  }

interface TreeMeasures {
  readonly depth: readonly number[]
  readonly nonPrimary: readonly number[]
  readonly downstream: readonly number[]
  readonly children: readonly number[]
}

/** Every diffusion tree of a cascade, one after the other, with its probability. */
function enumerateTrees(weights: readonly number[]): TreeMeasures {
  const n = weights.length
  const [depth, nonPrimary, downstream, children] = [0, 0, 0, 0].map(() => Array.from({ length: n }, () => 0))
  if (!depth || !nonPrimary || !downstream || !children) throw new Error('unreachable')
  const visit = (parents: readonly number[], probability: number): void => {
    const j = parents.length
    if (j === n) return addTree(parents, probability)
    const earlier = weights.slice(0, j)
    const total = earlier.reduce((sum, weight) => sum + weight, 0)
    for (const [i, weight] of earlier.entries()) visit([...parents, i], (probability * weight) / total)
  }
  const addTree = (parents: readonly number[], probability: number): void => {
    for (let j = 1; j < n; j++) {
      const drawnBy = parents[j] ?? 0
      children[drawnBy] = (children[drawnBy] ?? 0) + probability
      if (drawnBy !== 0) nonPrimary[j] = (nonPrimary[j] ?? 0) + probability
      for (let node = j; node !== 0; node = parents[node] ?? 0) {
        depth[j] = (depth[j] ?? 0) + probability
        const parent = parents[node] ?? 0
        downstream[parent] = (downstream[parent] ?? 0) + probability
      }
    }
  }
  visit([0], 1)
  return { depth, nonPrimary, downstream, children }
}

const weightsOf = (kernel: KernelName, { rootFollowers, events }: Cascade): readonly number[] => [
  WEIGHTS[kernel](rootFollowers ?? 0, 0, true),
  ...events.map(({ followers, seconds }) => WEIGHTS[kernel](followers ?? 0, seconds, false)),
]

const cascades = fc
  .array(
    fc.record({
      rootFollowers: fc.integer({ min: 0, max: 1e7 }),
      events: fc.array(
        fc.record({
          seconds: fc.integer({ min: 0, max: 30 * 86_400 }),
          followers: fc.integer({ min: 0, max: 1e7 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    { minLength: 8, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ rootFollowers, events }, index): Cascade => {
      const inOrder = events.toSorted((a, b) => a.seconds - b.seconds)
      return { root: `${9_000_000_000_000_000_000n + BigInt(index)}`, rootFollowers, events: inOrder }
    }),
  )

describe('the expected diffusion tree', () => {
  // 60 events of a real cascade as they stand, seconds and followers: cascade 0 of casin_cascades.csv
  // (computationalmedia/cascade-influence, data/SMH, CC BY-NC 4.0), with its published influences.
  // prettier-ignore
  const SECONDS = [0,127,2149,2465,2485,2604,2781,2996,3344,4142,4208,5004,5324,5526,5543,5626,6099,6969,8361,9124,9290,9327,9525,14821,16066,20625,20984,21224,22575,24405,24442,25705,28484,42711,43759,43788,48561,48641,48660,48859,50520,50529,50938,51376,51769,51954,51994,52353,52409,52737,53188,53209,53858,53962,58433,64675,86711,102008,152386,162980]
  // prettier-ignore
  const FOLLOWERS = [991,1352,2057,1155,1917,1484,1474,1443,2197,2220,5223,1387,1387,1899,486,676,619,620,628,16912,411,706,450,360,1298,5042,1369,2803,1555,3469,696,835,973,1406,475,98,1417,1889,736,2238,4006,2535,506,1689,104,2372,295,1946,443,98,469,1051,3781,276,5,1881,568,3274,3196,407]

  it('gives the published influence of a published cascade', async () => {
    const events = SECONDS.slice(1).map((seconds, i): Event => ({
      seconds,
      followers: FOLLOWERS[i + 1] ?? 0,
    }))
    const found = await spread(bench, [{ root: '100', rootFollowers: FOLLOWERS[0] ?? 0, events }], {
      kernel: 'debatenight',
    })
    const phi = (found.get('100') ?? []).map((row) => 1 + (row.expected_downstream ?? NaN))
    expect(phi).toHaveLength(59)
    for (const [index, published] of [34.59037, 29.656122, 13.535845, 15.913873].entries()) {
      expect(phi[index]).toBeCloseTo(published, 5)
    }
    // The root reaches itself and everybody: phi_0 = n = 60.
    expect(1 + phi.length).toBe(60)
  })

  it.each(KERNEL_NAMES)('agrees with the enumeration of all trees, by %s', async (kernel) => {
    await fc.assert(
      fc.asyncProperty(cascades, async (all) => {
        const found = await spread(bench, all, { kernel })
        for (const cascade of all) {
          const trees = enumerateTrees(weightsOf(kernel, cascade))
          const rows = found.get(cascade.root) ?? []
          expect(rows).toHaveLength(cascade.events.length)
          for (const [index, row] of rows.entries()) {
            expect(row.expected_depth).toBeCloseTo(trees.depth[index + 1] ?? NaN, 9)
            expect(row.non_primary).toBeCloseTo(trees.nonPrimary[index + 1] ?? NaN, 9)
            expect(row.expected_downstream).toBeCloseTo(trees.downstream[index + 1] ?? NaN, 9)
            expect(row.expected_children).toBeCloseTo(trees.children[index + 1] ?? NaN, 9)
          }
        }
      }),
      { numRuns: 3 },
    )
  })

  it('has every intermediate of a cascade written out', async () => {
    // w_0 = 1^0.61 * e^1.542 = 4.673931; w_1 = 100^0.61 * 1 = 16.595869; w_2 = 1 * 2^0.859 = 1.813781
    const events = [
      { seconds: 0, followers: 99 },
      { seconds: 3600, followers: 0 },
      { seconds: 7200, followers: 9 },
    ]
    const found = await spread(bench, [{ root: '200', rootFollowers: 0, events }], { kernel: 'calibrated' })
    const [first, second, third] = found.get('200') ?? []
    expect([first?.expected_depth, first?.non_primary]).toEqual([1, 0])
    // w_1 / W_1 = 16.595869 / 21.269800 = 0.780255
    expect(second?.expected_depth).toBeCloseTo(1.780255, 5)
    expect(second?.non_primary).toBeCloseTo(0.780255, 5)
    // ... + w_2 / W_2 = 1.813781 / 23.083581 = 0.078575
    expect(third?.expected_depth).toBeCloseTo(1.85883, 5)
    // 1 - w_0 / W_2 = 1 - 4.673931 / 23.083581
    expect(third?.non_primary).toBeCloseTo(0.797521, 5)
    expect(first?.expected_downstream).toBeCloseTo(2 * 0.780255, 5)
    expect(third?.expected_downstream).toBe(0)
    // w_1 / W_1 + w_1 / W_2 = 0.780255 + 16.595869 / 23.083581
    expect(first?.expected_children).toBeCloseTo(1.499202, 5)
    expect(second?.expected_children).toBeCloseTo(0.078575, 5)
    expect(third?.expected_children).toBe(0)
  })

  it('neither overflows nor underflows over 400 days, by debatenight', async () => {
    const days = [0.001, 30, 60, 100, 101, 250, 399, 399.5]
    const events = days.map((day, index) => ({ seconds: day * 86_400, followers: 10 * (index + 1) }))
    const lonely = [{ seconds: 200 * 86_400, followers: 3 }]
    const found = await spread(
      bench,
      [
        { root: '300', rootFollowers: 1e6, events },
        { root: '301', rootFollowers: 5, events: lonely },
      ],
      { kernel: 'debatenight' },
    )
    // In logarithms, where nothing overflows.
    const logs = [Math.log(1e6), ...events.map((e) => Math.log(e.followers) + 0.000068 * e.seconds)]
    const logTotal = (upTo: number): number => {
      const [part, top] = [logs.slice(0, upTo + 1), Math.max(...logs.slice(0, upTo + 1))]
      return top + Math.log(part.reduce((sum, log) => sum + Math.exp(log - top), 0))
    }
    const rows = found.get('300') ?? []
    const childrenOf = (j: number): number =>
      rows.slice(j).reduce((sum, _, later) => sum + Math.exp((logs[j] ?? 0) - logTotal(j + later)), 0)
    let depth = 1
    for (const [index, row] of rows.entries()) {
      expect(row.expected_depth).toBeCloseTo(depth, 9)
      expect(row.non_primary).toBeCloseTo(1 - Math.exp((logs[0] ?? 0) - logTotal(index)), 9)
      expect(row.expected_children).toBeCloseTo(childrenOf(index + 1), 9)
      depth += Math.exp((logs[index + 1] ?? 0) - logTotal(index + 1))
    }
    expect(rows).toHaveLength(days.length)
    expect(found.get('301')?.[0]).toMatchObject({ expected_depth: 1, non_primary: 0, expected_downstream: 0 })
  })
})

describe('who takes part in a cascade', () => {
  const kernel = 'calibrated'

  it('counts a user once, at the first event, and every event as a retweet', async () => {
    const events = [
      { seconds: 60, followers: 5, user: 'ann' },
      { seconds: 120, followers: 8, user: 'bob' },
      { seconds: 180, followers: 500, user: 'ann' },
    ]
    const rows =
      (await spread(bench, [{ root: '400', rootFollowers: 1, events }], { kernel })).get('400') ?? []
    expect(rows.map((row) => [row.user_key, row.followers, row.retweets_in_window])).toEqual([
      ['ann', 5n, 2n],
      ['bob', 8n, 1n],
    ])
  })

  it('leaves the author out of the spreading of their own tweet', async () => {
    const others = [
      { seconds: 60, followers: 5 },
      { seconds: 120, followers: 50 },
    ]
    const events = [{ seconds: 30, followers: 1e6, user: 'me' }, ...others]
    const own = await spread(bench, [{ root: '410', author: 'me', rootFollowers: 9, events }], { kernel })
    const without = await spread(bench, [{ root: '411', rootFollowers: 9, events: others }], { kernel })
    const depths = (rows = without.get('411')) =>
      rows?.filter((row) => row.is_event).map((row) => row.expected_depth)
    expect(depths(own.get('410'))).toEqual(depths())
    expect(own.get('410')?.find((row) => row.is_root_author)).toMatchObject({
      is_event: false,
      expected_depth: null,
      retweets_in_window: 1n,
    })
  })

  it('takes each unknown user as one of their own', async () => {
    const events = [
      { seconds: 60, followers: 1, user: null },
      { seconds: 61, followers: 1, user: null },
    ]
    const rows = (await spread(bench, [{ root: '420', rootFollowers: 1, events }], { kernel })).get('420')
    expect(rows?.map((row) => row.user_key)).toEqual(['tweet:42000001', 'tweet:42000002'])
  })

  it('knows no depth where followers are known for under nine events in ten', async () => {
    const events = (known: number) =>
      Array.from({ length: 10 }, (_, index) => ({
        seconds: 60 * index,
        followers: index < known ? 10 : null,
      }))
    const found = await spread(
      bench,
      [
        { root: '430', rootFollowers: 1, events: events(9) },
        { root: '431', rootFollowers: 1, events: events(8) },
      ],
      { kernel },
    )
    expect([found.get('430')?.length, found.get('431')?.length]).toEqual([10, 10])
    expect(found.get('430')?.every((row) => row.expected_depth !== null)).toBe(true)
    expect(found.get('431')?.every((row) => row.expected_depth === null && row.non_primary === null)).toBe(
      true,
    )
  })

  it('orders events of the same second by the length of their ids, then by their ids', async () => {
    const events = ['100', '99', '101'].map((id) => ({ seconds: 60, followers: 1, user: `of ${id}`, id }))
    const rows = (await spread(bench, [{ root: '440', rootFollowers: 1, events }], { kernel })).get('440')
    expect(rows?.map((row) => row.user_key)).toEqual(['of 99', 'of 100', 'of 101'])
  })

  it('counts an event at the end of the window, and none at its beginning', async () => {
    const events = [0, 3600, 7200].map((seconds) => ({ seconds, followers: 10 }))
    const window = { slotEnd: secondsAfterRoot(7200), windowHours: 1 }
    const rows = (await spread(bench, [{ root: '450', rootFollowers: 1, events }], { kernel, window })).get(
      '450',
    )
    expect(rows?.map((row) => row.is_event_in_window)).toEqual([false, false, true])
    // Those before the window still shape the probabilities.
    expect(rows?.[2]?.expected_depth).toBeGreaterThan(1.5)
    // w_0 = 7.1336, w_1 = 4.3177, w_2 = 7.8313: only the third is in the window, so w_1 / W_2.
    expect(rows?.[0]?.expected_children).toBeCloseTo(0.223915, 5)
  })

  it('does not change with repeated sightings', async () => {
    const events = [
      { seconds: 60, followers: 5, id: '1' },
      { seconds: 90, followers: 50, id: '2' },
      { seconds: 120, followers: 7, id: '3' },
    ]
    const repeated = [...events, ...events.toReversed()].map((event) => ({
      ...event,
      user: `of ${event.id}`,
    }))
    const once = repeated.slice(0, 3)
    const measures = async (root: string, all: readonly Event[]) =>
      (await spread(bench, [{ root, rootFollowers: 3, events: all }], { kernel }))
        .get(root)
        ?.map((row) => [row.user_key, row.expected_depth, row.non_primary, row.retweets_in_window])
    const measured = await measures('461', repeated)
    expect(measured).toHaveLength(3)
    expect(measured).toEqual(await measures('460', once))
  })
})
