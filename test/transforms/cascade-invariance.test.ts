import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Row } from 'spark-connect-js'

import { Observation } from '../../src/schema/observation.ts'
import type { SpreadParticipant } from '../../src/schema/cascade.ts'
import { aggregateByParticipant } from '../../src/transforms/cascade/aggregate-by-participant.ts'
import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import { KERNELS } from '../../src/transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../../src/transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../../src/transforms/cascade/with-kernel-weight.ts'
import type { Cascade, RowJson, TransformBench } from './cascade-frames.ts'
import { observationsOf, secondsAfterRoot, transformBench } from './cascade-frames.ts'
import { rowDifferences } from './frame-equality.ts'
import { variantsOf } from './variants.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Sighting = RowJson<typeof Observation>
type Spread = Row<typeof SpreadParticipant>

const DAY_SECONDS = 86_400
const window = { slotEnd: secondsAfterRoot(15 * DAY_SECONDS), windowHours: 24 * 14 }

const event = fc.record({
  // Many of the same second, and some before the window.
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 15 }).map((days) => days * DAY_SECONDS),
  ),
  followers: fc.option(fc.integer({ min: 0, max: 1e7 }), { freq: 30 }),
  // Few users, so that some come twice and some are the root's author.
  user: fc.option(
    fc.integer({ min: 0, max: 20 }).map((user) => `u${user}`),
    { freq: 20 },
  ),
})
const cascades = fc
  .array(
    fc.record({
      rootFollowers: fc.integer({ min: 0, max: 1e7 }),
      events: fc.array(event, { minLength: 1, maxLength: 12 }),
    }),
    { minLength: 12, maxLength: 12 },
  )
  .map((all) => all.map((cascade, index): Cascade => ({ ...cascade, root: `${700 + index}`, author: 'u0' })))

const ADDED_HOURS = 1000
const later = (time: unknown): string =>
  new Date(Date.parse(String(time)) + ADDED_HOURS * 3_600_000).toISOString()

async function spreadOf(sightings: readonly Sighting[], kernel: KernelName, shiftHours = 0) {
  const slotEnd = new Date(window.slotEnd.getTime() + shiftHours * 3_600_000)
  const frame = await bench.frameOf(Observation, sightings)
  return frame
    .transform(withCascadeOrder())
    .transform(aggregateByParticipant({ ...window, slotEnd }))
    .transform(withKernelWeight(KERNELS[kernel]))
    .transform(withExpectedDepth({ ...window, slotEnd }, KERNELS[kernel]))
    .collect()
}

/** A participant's place in the tree, without what a variant may change. */
const placeOf = (row: Spread, name: (id: string) => string = (id) => id) => ({
  root: name(row.root_id),
  user: row.user_key === null ? null : row.user_key.replace(/^tweet:.*|.*/, name),
  is_event_in_window: row.is_event_in_window,
  retweets: row.retweets_in_window,
  followers: row.followers,
  depth: row.expected_depth,
  non_primary: row.non_primary,
  downstream: row.expected_downstream,
  children: row.expected_children,
})

const originalName = (id: string): string =>
  id.startsWith('tweet:') ? `tweet:${id.slice('tweet:9'.length)}` : id.slice(1)

describe('the place of a participant in the expected tree', () => {
  it.each<KernelName>(['calibrated', 'debatenight'])(
    'is the same in any order of reading, with repeats, under other ids and at another time, by %s',
    async (kernel) => {
      await fc.assert(
        fc.asyncProperty(cascades, async (all) => {
          const sightings = all.flatMap(observationsOf)
          const rows = Map.groupBy(await spreadOf(variantsOf(sightings), kernel), (row) => row.term)
          const base = (rows.get('as it was') ?? []).map((row) => placeOf(row))
          expect(base.length).toBeGreaterThanOrEqual(all.length)
          for (const term of ['read backwards', 'seen three times']) {
            expect([
              term,
              ...rowDifferences(
                (rows.get(term) ?? []).map((row) => placeOf(row)),
                base,
              ),
            ]).toEqual([term])
          }
          const others = (rows.get('under other ids') ?? []).map((row) => placeOf(row, originalName))
          expect(rowDifferences(others, base)).toEqual([])
          const shifted = sightings.map((sighting) => ({
            ...sighting,
            tweeted_at: later(sighting.tweeted_at),
            root_tweeted_at: later(sighting.root_tweeted_at),
          }))
          const shiftedRows = await spreadOf(shifted, kernel, ADDED_HOURS)
          expect(
            rowDifferences(
              shiftedRows.map((row) => placeOf(row)),
              base,
            ),
          ).toEqual([])
        }),
        { numRuns: 1, endOnFailure: true },
      )
    },
  )

  it.each<KernelName>(['calibrated', 'debatenight'])(
    'adds up: what all draw downstream is the sum of all depths, their children are the non-primary, by %s',
    async (kernel) => {
      await fc.assert(
        fc.asyncProperty(cascades, async (all) => {
          const slotEnd = secondsAfterRoot(100 * DAY_SECONDS)
          const wide = { slotEnd, windowHours: 24 * 365 }
          const rows = await (
            await bench.frameOf(Observation, all.flatMap(observationsOf))
          )
            .transform(withCascadeOrder())
            .transform(aggregateByParticipant(wide))
            .transform(withKernelWeight(KERNELS[kernel]))
            .transform(withExpectedDepth(wide, KERNELS[kernel]))
            .filter((c) => c.expected_depth.isNotNull())
            .collect()
          expect(rows.length).toBeGreaterThan(0)
          for (const [root, events] of Map.groupBy(rows, (row) => row.root_id)) {
            const depths = events.reduce((sum, row) => sum + (row.expected_depth ?? Number.NaN), 0)
            // Everyone is downstream of the root: phi_0 - 1.
            const drawn = events.reduce((sum, row) => sum + (row.expected_downstream ?? Number.NaN), 0)
            const children = events.reduce((sum, row) => sum + (row.expected_children ?? Number.NaN), 0)
            const nonPrimary = events.reduce((sum, row) => sum + (row.non_primary ?? Number.NaN), 0)
            expect(
              rowDifferences(
                [{ root, drawn: drawn + events.length, children }],
                [{ root, drawn: depths, children: nonPrimary }],
              ),
            ).toEqual([])
          }
        }),
        { numRuns: 1, endOnFailure: true },
      )
    },
  )
})
