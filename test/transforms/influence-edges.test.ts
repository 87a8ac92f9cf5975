import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { scoreNetwork } from '../../src/jobs/score-network.ts'
import { Contribution } from '../../src/schema/cascade.ts'
import type { RowJson, TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'

type Part = RowJson<typeof Contribution>

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

let roots = 0
/** What one user did in one cascade of an author. */
const part = (term: string, amplifier: string | null, author: string | null, more: Part = {}): Part => ({
  term,
  root_id: `${(roots += 1)}`,
  root_author_id: author,
  user_key: amplifier,
  retweets_in_window: 2,
  expected_children: 1,
  followers: 10,
  ...more,
})

/** The published edges as `term amplifier author`, and what is known of each. */
async function edgesOf(parts: readonly Part[]) {
  const folder = await bench.write('')
  const edges = new Map<string, Readonly<Record<string, unknown>>>()
  const count = await scoreNetwork({
    spark: bench.spark,
    contributions: await bench.frameOf(Contribution, parts),
    scratch: `${folder}.edges`,
    write: async (frame) => {
      for (const { term, amplifier_id, author_id, ...edge } of await frame.collect()) {
        edges.set(`${term} ${amplifier_id} ${author_id}`, edge)
      }
      return edges.size
    },
    options: {},
  })
  expect(count).toBe(edges.size)
  return edges
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Two groups in which everybody retweets every author, and one user who retweets across. */
const planted = (term: string, name: (user: string) => string): readonly Part[] => [
  ...['x', 'y'].flatMap((group) =>
    range(3).flatMap((author) =>
      range(8).map((fan) => part(term, name(`${group}-fan${fan}`), name(`${group}-author${author}`))),
    ),
  ),
  ...range(3).map((author) => part(term, name('x-author0'), name(`x-author${author}`))),
  part(term, name('x-fan0'), name('y-author0')),
]

describe('influence edges', () => {
  const communities = new Map<string, readonly (readonly [string, unknown])[]>()
  let edges: Awaited<ReturnType<typeof edgesOf>>
  beforeAll(async () => {
    const cases = [
      part('sum', 'b', 'a', { followers: 10, retweets_in_window: 1, expected_children: 0.5 }),
      part('sum', 'b', 'a', { followers: 30, retweets_in_window: 2, expected_children: 0.25 }),
      part('sum', 'b', 'a', { followers: null, retweets_in_window: 0, expected_children: null }),
      part('none', 'a', 'a'),
      part('none', 'tweet:5', 'a'),
      part('none', null, 'a'),
      part('none', 'b', null),
      part('floor', 'once', 'a', { retweets_in_window: 1, expected_children: 0.05 }),
      part('floor', 'unknown', 'a', { retweets_in_window: 1, expected_children: null, followers: null }),
      part('floor', 'twice', 'a', { expected_children: null, followers: null }),
      part('floor', 'before', 'a', { retweets_in_window: 0, expected_children: 0.1 }),
      ...range(14).map((fan) => part('most', `b${fan}`, 'a', { expected_children: fan < 4 ? 1 : 2 })),
      ...planted('groups', (user) => user),
      ...planted('renamed', (user) => `u${user}`).toReversed(),
    ]
    edges = await edgesOf(cases)
    for (const term of ['groups', 'renamed']) {
      const own = [...edges].filter(([key]) => key.startsWith(`${term} `))
      const ends = own.flatMap(([key, edge]) => {
        const [, amplifier = '', author = ''] = key.split(' ')
        return [
          [amplifier, edge['amplifier_community']] as const,
          [author, edge['author_community']] as const,
        ]
      })
      communities.set(term, ends)
    }
  })
  const keysOf = (term: string) => [...edges.keys()].filter((key) => key.startsWith(`${term} `))

  it('sum what an amplifier did for an author, unknown parts left out', () => {
    expect(edges.get('sum b a')).toMatchObject({
      retweets: 3n,
      expected_children: 0.75,
      amplifier_followers: 30n,
    })
  })

  it('lead from known users to others', () => {
    expect(keysOf('none')).toEqual([])
  })

  it('are left out below a tenth of an expected retweet, unless there are two observed', () => {
    expect(keysOf('floor').toSorted()).toEqual(['floor before a', 'floor twice a'])
    expect(edges.get('floor twice a')).toMatchObject({ expected_children: null, amplifier_followers: null })
  })

  it('are an author’s ten strongest', () => {
    expect(keysOf('most').toSorted()).toEqual(
      range(10)
        .map((fan) => `most b${fan + 4} a`)
        .toSorted(),
    )
  })

  it('of two groups joined by a bridge fall into two communities, named by their most retweeted', () => {
    for (const [user, community] of communities.get('groups') ?? []) {
      expect([user, community]).toEqual([user, user.startsWith('x') ? 'x-author1' : 'y-author0'])
    }
    expect(communities.get('groups')).toHaveLength(2 * keysOf('groups').length)
  })

  it('fall into the same communities in any order of reading, and under other names', () => {
    const names = (ends: readonly (readonly [string, unknown])[] = []) =>
      new Set(
        ends.map(([user, community]) => `${user.replace(/^u/, '')} ${String(community).replace(/^u/, '')}`),
      )
    expect(names(communities.get('renamed'))).toEqual(names(communities.get('groups')))
  })
})
