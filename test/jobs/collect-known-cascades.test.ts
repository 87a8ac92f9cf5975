import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { collectKnownCascades } from '../../src/jobs/collect-known-cascades.ts'
import { KnownParent } from '../../src/schema/known-parent.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

interface Made {
  readonly events: number
  readonly known: number // events whose followers are known
  readonly followed: number
}

/** Everybody retweets the one before. */
const cascade = (root: string, { events, known, followed }: Made) =>
  Array.from({ length: events }, (_, index) => ({
    root_id: root,
    position: index + 1,
    parent: index,
    seconds: 60 * index,
    followers: index < known ? 10 * index : null,
    first_root_followers: 7,
    last_root_followers: 9,
    retweeters: events,
    known_followers: known,
    followed,
  }))

const LARGE = { events: 20, known: 20, followed: 19 }
const SMALL = { events: 3, known: 3, followed: 2 }
const UNLISTED = { events: 25, known: 25, followed: 0 }
const UNWEIGHED = { events: 30, known: 26, followed: 29 }

const collect = async (made: readonly Made[], change: { readonly rootFollowers?: 'last' } = {}) =>
  collectKnownCascades(
    await bench.frameOf(
      KnownParent,
      made.flatMap((one, index) => cascade(`${index}`, one)),
    ),
    { inputs: ['tweets'], follows: ['list'], minRetweeters: 20, rootFollowers: 'first', ...change },
  )

describe('cascades with known parents', () => {
  it('come with the root at 0, whose followers are those of the sighting asked for', async () => {
    const { cascades } = await collect([LARGE])
    expect(cascades).toHaveLength(1)
    expect(cascades[0]?.parents.slice(0, 4)).toEqual([-1, 0, 1, 2])
    expect(cascades[0]?.followers.slice(0, 4)).toEqual([7, 0, 10, 20])
    expect(cascades[0]?.seconds.slice(0, 4)).toEqual([0, 0, 60, 120])
    expect((await collect([LARGE], { rootFollowers: 'last' })).cascades[0]?.followers[0]).toBe(9)
  })

  it('leave out those that are small, of which the list says nothing, or whose followers are unknown', async () => {
    const found = await collect([SMALL, LARGE, UNLISTED, UNWEIGHED, UNWEIGHED, { ...LARGE, known: 18 }])
    expect(found.cascades.map(({ rootId, followers }) => [rootId, followers.length])).toEqual([
      ['1', 21],
      ['5', 21],
    ])
    expect(found).toMatchObject({ unlisted: 1, unweighed: 2 })
  })

  it.each<[readonly Made[], string, RegExp]>([
    [[], 'no_cascade', /^tweets has no retweet whose root and time are known; name another --input$/],
    [
      [SMALL],
      'no_cascade',
      /^no cascade of tweets has 20 distinct retweeters, the largest has 3; lower --min-retweeters or add more --input$/,
    ],
    [
      [SMALL, UNLISTED],
      'no_follow',
      /^nobody in list follows anybody who was before them in a cascade; name a --follows list of/,
    ],
    [
      [SMALL, UNLISTED, UNWEIGHED],
      'no_cascade',
      /^in every cascade of tweets with 20 distinct retweeters, followers are unknown for over a tenth/,
    ],
  ])('are refused if none of %j is left', async (made, code, message) => {
    await expect(collect(made)).rejects.toMatchObject({
      name: 'CalibrationError',
      code,
      message: expect.stringMatching(message),
    })
  })
})
