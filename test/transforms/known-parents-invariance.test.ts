import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import type { Observation } from '../../src/schema/observation.ts'
import type { RowJson, TransformBench } from './cascade-frames.ts'
import { observationsOf, transformBench } from './cascade-frames.ts'
import type { Contributed } from './contributions.ts'
import { contributionsOf, placeOf } from './contributions.ts'
import { rowDifferences } from './frame-equality.ts'
import { variantsOf } from './variants.ts'

type Sighting = RowJson<typeof Observation>

/** Plans of some forty steps, several times over. */
const TIMEOUT_MS = 300_000

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Way = 'tweet' | 'author' | 'name'
interface Event {
  /** How far back the parent is: 0 is oneself, less is later, 99 is nobody. */
  readonly back: number
  readonly way: Way
}

const way = fc.constantFrom<Way>('tweet', 'author', 'name')
/** Parents that are there: the root if there are not so many before. */
const named = fc.record({ back: fc.integer({ min: 1, max: 12 }), way })
const anything = fc.oneof(named, fc.record({ back: fc.constantFrom(0, -1, -2, 99), way }))
const cascades = fc.record({
  explicit: fc.array(fc.array(named, { minLength: 1, maxLength: 10 }), { minLength: 4, maxLength: 4 }),
  odd: fc.array(fc.array(anything, { minLength: 2, maxLength: 10 }), { minLength: 4, maxLength: 4 }),
})

const tweetOf = (root: string, index: number) => `${root}0${index}`

function parentOf(root: string, index: number, { back, way: by }: Event) {
  const parent = back === 99 ? undefined : Math.max(index - back, -1)
  const [id, user] =
    parent === undefined
      ? ['no tweet', 'no user']
      : parent === -1
        ? [root, 'ra']
        : [tweetOf(root, parent), `u${parent}`]
  if (by === 'tweet') return { parent_id: id }
  return by === 'author' ? { parent_author_id: user } : { parent_screen_name: `The_${user}`.toUpperCase() }
}

/** Two events a minute, so that some are of the same second. */
const sightingsOf = (root: string, events: readonly Event[]): readonly Sighting[] =>
  observationsOf({
    root,
    author: 'ra',
    rootFollowers: 100,
    events: events.map((_, index) => ({
      seconds: 60 * Math.floor(index / 2),
      followers: 10 * index,
      user: `u${index}`,
      id: tweetOf(root, index),
    })),
  }).map((sighting, index) => ({
    ...sighting,
    author_screen_name: `The_u${index}`,
    root_author_screen_name: 'The_ra',
    ...parentOf(root, index, events[index] ?? { back: 99, way: 'tweet' }),
  }))

/** The measures of a cascade all of whose parents are known, by walking up from each event. */
function walked(root: string, events: readonly Event[]) {
  const parents = events.map(({ back }, index) => Math.max(index - back, -1))
  const above = (index: number): readonly number[] => {
    const parent = parents[index] ?? -1
    return parent === -1 ? [] : [parent, ...above(parent)]
  }
  return events.map((_, index) => ({
    root,
    user: `u${index}`,
    method: 'explicit',
    depth: 1 + above(index).length,
    non_primary: parents[index] === -1 ? 0 : 1,
    downstream: events.filter((__, other) => above(other).includes(index)).length,
    children: parents.filter((parent) => parent === index).length,
  }))
}

const rowOf = (row: Contributed, name: (id: string) => string = (id) => id) => ({
  root: name(row.root_id),
  user: name(row.user_key ?? ''),
  ...placeOf(row),
})

const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? NaN), 0)

describe('known parents', () => {
  it(
    'lead where walking up leads, in any order of reading, with repeats and under other ids',
    async () => {
      await fc.assert(
        fc.asyncProperty(cascades, async ({ explicit, odd }) => {
          const roots = [...explicit, ...odd].map((events, index) => ({ root: `${800 + index}`, events }))
          const sightings = roots.flatMap(({ root, events }) => sightingsOf(root, events))
          const rows = Map.groupBy(await contributionsOf(bench, variantsOf(sightings)), (row) => row.term)
          const base = (rows.get('as it was') ?? []).map((row) => rowOf(row))
          expect(base).toHaveLength(sightings.length)
          for (const term of ['read backwards', 'seen three times']) {
            const others = (rows.get(term) ?? []).map((row) => rowOf(row))
            expect([term, ...rowDifferences(others, base)]).toEqual([term])
          }
          const others = (rows.get('under other ids') ?? []).map((row) => rowOf(row, (id) => id.slice(1)))
          expect(rowDifferences(others, base)).toEqual([])
          const expected = roots.slice(0, explicit.length).flatMap(({ root, events }) => walked(root, events))
          const found = base.filter(({ root }) => expected.some((row) => row.root === root))
          expect(rowDifferences(found, expected)).toEqual([])
          // Whatever is known: everyone is downstream of those above them, and the child of one of them or the root.
          for (const [root, events] of Map.groupBy(base, (row) => row.root)) {
            const sums = {
              root,
              drawn: sumOf(events.map((row) => row.downstream ?? null)) + events.length,
              children: sumOf(events.map((row) => row.children ?? null)),
            }
            const depths = sumOf(events.map((row) => row.depth ?? null))
            const nonPrimary = sumOf(events.map((row) => row.non_primary ?? null))
            expect(rowDifferences([sums], [{ root, drawn: depths, children: nonPrimary }])).toEqual([])
          }
        }),
        { numRuns: 1, endOnFailure: true },
      )
    },
    TIMEOUT_MS,
  )
})
