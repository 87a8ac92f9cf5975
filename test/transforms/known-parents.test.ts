import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { Observation } from '../../src/schema/observation.ts'
import type { RowJson, TransformBench } from './cascade-frames.ts'
import { observationsOf, secondsAfterRoot, transformBench } from './cascade-frames.ts'
import type { Contributed } from './contributions.ts'
import { contributionsOf, placeOf } from './contributions.ts'

type Sighting = RowJson<typeof Observation>

/** Plans of some forty steps, several times over. */
const TIMEOUT_MS = 300_000

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

interface Named {
  readonly user: string
  readonly parent?: Pick<Sighting, 'parent_id' | 'parent_author_id' | 'parent_screen_name'>
  readonly followers?: number | null
  readonly id?: string
}

/** A cascade whose events come a minute apart; with one follower each unless said. */
const cascadeOf = (root: string, events: readonly Named[]): readonly Sighting[] =>
  observationsOf({
    root,
    rootFollowers: 1,
    author: 'ra',
    events: events.map(({ user, followers, id }, index) => ({
      seconds: 60 * index,
      followers: followers === undefined ? 1 : followers,
      user,
      ...(id !== undefined && { id }),
    })),
  }).map((sighting, index) => ({
    ...sighting,
    author_screen_name: `Name_${events[index]?.user ?? ''}`,
    root_author_screen_name: 'Name_RA',
    ...events[index]?.parent,
  }))

/** Users by their letters. */
const usersOf = (letters: string): readonly string[] => letters.split('')

const CHAIN_LENGTH = 1000

const CASES = {
  chain: cascadeOf(
    '7',
    Array.from({ length: CHAIN_LENGTH }, (_, index) => ({
      user: `u${index}`,
      parent: index === 0 ? { parent_id: '7' } : { parent_author_id: `u${index - 1}` },
    })),
  ),
  // root -> a -> b -> c, a -> d, root -> e, root -> f
  explicit: cascadeOf('1', [
    { user: 'a', parent: { parent_id: '1' }, id: '11' },
    { user: 'b', parent: { parent_id: '11' }, id: '12' },
    { user: 'c', parent: { parent_author_id: 'b', parent_id: 'not seen' } },
    { user: 'd', parent: { parent_screen_name: 'name_A' } },
    { user: 'e', parent: { parent_screen_name: 'NAME_ra' } },
    { user: 'f', parent: { parent_author_id: 'ra' }, followers: null },
  ]),
  // The parent's second tweet names the same participant; the root's author is the root.
  second_tweets: cascadeOf('2', [
    { user: 'a', parent: { parent_id: '2' }, id: '21' },
    { user: 'ra', id: '22' },
    { user: 'a', parent: { parent_id: '22' }, id: '23' },
    { user: 'b', parent: { parent_id: '23' } },
    { user: 'c', parent: { parent_id: '22' } },
  ]),
  // Only the second retweets a quote that is there: one step below what is expected of it.
  partly: cascadeOf('3', [
    { user: 'a' },
    { user: 'b', parent: { parent_id: '3001' } },
    { user: 'q', id: '33' },
    { user: 'r', parent: { parent_id: '33', parent_author_id: 'q' } },
    { user: 's', parent: { parent_author_id: 'r' } },
    { user: 't' },
  ]),
  // Nobody's own parent, nobody before them, nobody there: none of it is believed.
  bad: cascadeOf('4', [
    { user: 'a', parent: { parent_author_id: 'a' } },
    { user: 'b', parent: { parent_author_id: 'c' } },
    { user: 'c', parent: { parent_author_id: 'd' } },
    { user: 'd', parent: { parent_author_id: 'nobody' } },
  ]),
  silent: cascadeOf('5', [{ user: 'a' }, { user: 'b' }, { user: 'c' }, { user: 'd' }]),
  // Followers are known for half of them, and not all name a parent.
  unknown: cascadeOf('6', [
    { user: 'a', parent: { parent_id: '6' } },
    { user: 'b', parent: { parent_author_id: 'a' }, followers: null },
    { user: 'c', followers: null },
    { user: 'd' },
  ]),
}

const found = new Map<string, Map<string | null, Contributed>>()
beforeAll(async () => {
  const rows = await contributionsOf(bench, Object.values(CASES).flat(), { kernel: 'debatenight' })
  for (const [root, members] of Map.groupBy(rows, (row) => row.root_id)) {
    found.set(root, new Map(members.map((row) => [row.user_key, row])))
  }
}, TIMEOUT_MS)
const place = (root: string, user: string) => placeOf(found.get(root)?.get(user))

const explicit = (depth: number, downstream: number, children: number) => ({
  method: 'explicit',
  depth,
  non_primary: depth === 1 ? 0 : 1,
  downstream,
  children,
})

describe('a cascade whose events all name their parents', () => {
  it('has the depth that they say, however they name them', () => {
    expect(Object.fromEntries(usersOf('abcdef').map((user) => [user, place('1', user)]))).toEqual({
      a: explicit(1, 3, 2),
      b: explicit(2, 1, 1),
      c: explicit(3, 0, 0),
      d: explicit(2, 0, 0),
      e: explicit(1, 0, 0),
      f: explicit(1, 0, 0),
    })
  })

  it('takes a later tweet of a participant for the participant, and the root’s author for the root', () => {
    expect(usersOf('abc').map((user) => place('2', user))).toEqual([
      explicit(1, 1, 1),
      explicit(2, 0, 0),
      explicit(1, 0, 0),
    ])
    expect(place('2', 'ra')).toMatchObject({ depth: null, non_primary: null })
  })
})

describe('a cascade of which some events name their parents', () => {
  // By debatenight, one follower each: the weights are e^(0.000068 * seconds) of 0, 0, 60, 120, 180, 240, 300.
  const weights = [0, 0, 60, 120, 180, 240, 300].map((seconds) => Math.exp(0.000068 * seconds))
  const total = (upTo: number) => weights.slice(0, upTo + 1).reduce((sum, weight) => sum + weight, 0)
  const share = (event: number) => (weights[event] ?? NaN) / total(event)

  it('puts them below their parents, and these where they are expected', () => {
    const depthOfQ = 1 + share(1) + share(2)
    expect(place('3', 'q')?.depth).toBeCloseTo(depthOfQ, 9)
    expect(place('3', 'r')?.depth).toBeCloseTo(depthOfQ + 1, 9)
    expect(place('3', 's')?.depth).toBeCloseTo(depthOfQ + 2, 9)
    expect(place('3', 't')?.depth).toBeCloseTo(depthOfQ + share(3) + share(4) + share(5), 9)
    expect(['r', 's'].map((user) => place('3', user)?.non_primary)).toEqual([1, 1])
    expect(place('3', 't')?.non_primary).toBeCloseTo(1 - 1 / total(5), 9)
  })

  it('counts them with whomever they hang below', () => {
    // a draws b not, nor r and s by themselves, but q with both of them, and t.
    expect(place('3', 'a')?.downstream).toBeCloseTo(share(1) * (3 + 1 + 1), 9)
    expect(place('3', 'q')?.downstream).toBeCloseTo(2 + share(3), 9)
    expect(place('3', 'r')?.downstream).toBeCloseTo(1 + share(4), 9)
    expect(place('3', 'q')?.children).toBeCloseTo(1 + (weights[3] ?? NaN) / total(5), 9)
  })

  it('is an estimate', () => {
    expect(new Set(usersOf('abqrst').map((user) => place('3', user)?.method))).toEqual(new Set(['expected']))
  })

  it('has no depth where followers are unknown', () => {
    expect(usersOf('abcd').map((user) => place('6', user))).toEqual(
      usersOf('abcd').map(() => ({
        method: 'none',
        depth: null,
        non_primary: null,
        downstream: null,
        children: null,
      })),
    )
  })
})

describe('a parent that cannot be', () => {
  it('is not believed: oneself, somebody later, somebody who is not there', () => {
    expect(usersOf('abcd').map((user) => place('4', user))).toEqual(
      usersOf('abcd').map((user) => place('5', user)),
    )
    expect(place('4', 'd')?.method).toBe('expected')
  })
})

describe('a long chain', () => {
  it.each([0, 1, 2, 511, 512, 513, CHAIN_LENGTH - 1])('is followed to its end from %d', (index) => {
    const children = index === CHAIN_LENGTH - 1 ? 0 : 1
    expect(place('7', `u${index}`)).toEqual(explicit(index + 1, CHAIN_LENGTH - 1 - index, children))
  })
})

describe('what lies before the window', () => {
  it(
    'still leads on, and is not counted',
    async () => {
      const window = { slotEnd: secondsAfterRoot(240), windowHours: 150 / 3600 }
      const rows = await contributionsOf(bench, CASES.explicit, { window })
      const byUser = new Map(rows.map((row) => [row.user_key, row]))
      // c, d and e are in the window; f comes after it, and is not left out here.
      expect(placeOf(byUser.get('a'))).toEqual(explicit(1, 2, 1))
      expect(placeOf(byUser.get('b'))).toEqual(explicit(2, 1, 1))
      expect(byUser.get('a')?.is_event_in_window).toBe(false)
      expect(byUser.get('c')?.expected_depth).toBe(3)
    },
    TIMEOUT_MS,
  )
})
