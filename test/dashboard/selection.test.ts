import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { readCostLines } from '../../src/budget/cost-lines.ts'
import { packCosts, unpackCosts } from '../../src/dashboard/budget/costs-in-address.ts'
import { scoreParts } from '../../src/dashboard/charts/score-parts.ts'
import {
  influencersQuery,
  pageOf,
  parametersOf,
  selected,
  SORTS,
} from '../../src/dashboard/influencers-query.ts'
import { duration, percent, signed, tenth } from '../../src/dashboard/layout/numbers.ts'
import { searchTextOf, shown } from '../../src/dashboard/layout/people-text.ts'
import { href } from '../../src/dashboard/links.ts'
import { communitiesOf, graphOf, MOST_NODES } from '../../src/dashboard/network/graph.ts'
import { placeNodes } from '../../src/dashboard/network/place-nodes.ts'
import { volumeSteps } from '../../src/dashboard/pages/map-steps.ts'
import { findMovers } from '../../src/dashboard/pages/overview-movers.ts'
import { moving } from '../../src/dashboard/pages/topics.ts'
import { remembered } from '../../src/dashboard/remembered.ts'
import type { RankedAuthor } from '../../src/dashboard/snapshots.ts'
import type { Earlier } from '../../src/dashboard/trends.ts'
import type { Amplifier } from '../../src/store/reading/author-details.ts'
import type { Topic } from '../../src/store/reading/term-figures.ts'
import { HOSTILE } from './invented.ts'

const ranked = (rank: number, changes: Partial<RankedAuthor> = {}): RankedAuthor => {
  const author = { ...invented(rank), ...changes }
  return { ...author, searchedBy: searchTextOf(author) }
}

const invented = (rank: number): Omit<RankedAuthor, 'searchedBy'> => ({
  author_id: String(rank),
  rank,
  rank_in_term: rank,
  name: `Author ${rank}`,
  screen_name: `author_${rank}`,
  location: null,
  country: null,
  language: null,
  kernel: 'calibrated',
  depth_method: 'expected',
  tweets: 1,
  retweets: 100 - rank,
  claimed_retweets: null,
  coverage: null,
  favourites: null,
  followers: 1_000,
  retweeters: 1,
  non_primary_retweets: 1,
  non_primary_low: 0.5,
  non_primary_high: 2,
  mean_depth: 1.5,
  max_depth: 2,
  amplification: 0,
  engagement_rate: 0,
  sentiment: 0,
  retweets_part: 40,
  favourites_part: 30,
  followers_part: 20,
  depth_part: 10,
  influence: 50 - rank,
})

const authors = [
  ranked(1, { language: 'pt' }),
  ranked(2, { country: 'GB', sentiment: 0.3 }),
  ranked(3, { name: 'Lucía Çelik', followers: null, depth_method: 'explicit' }),
  ranked(4, { country: 'GB', followers: 10, sentiment: -0.3 }),
  ranked(5, { sentiment: null, followers: 1_000 }),
]
const placesOf = (address: Readonly<Record<string, string>>): readonly number[] =>
  selected(authors, influencersQuery.parse(address)).map(({ rank }) => rank)

describe('a selection of authors', () => {
  it.each([
    [{}, [1, 2, 3, 4, 5]],
    [{ order: 'asc' }, [5, 4, 3, 2, 1]],
    [{ country: 'GB' }, [2, 4]],
    [{ country: 'unknown' }, [1, 3, 5]],
    [{ followers: '1000' }, [1, 2, 5]],
    [{ sort: 'followers' }, [1, 2, 5, 4, 3]],
    [{ sort: 'followers', order: 'asc' }, [4, 1, 2, 5, 3]],
    [{ language: 'pt' }, [1]],
    [{ language: 'unknown' }, [2, 3, 4, 5]],
    [{ method: 'explicit' }, [3]],
    [{ mood: 'positive' }, [2]],
    [{ mood: 'negative' }, [4]],
    [{ mood: 'unknown' }, [5]],
    [{ search: 'celik' }, [3]],
    [{ search: '@AUTHOR_4' }, [4]],
    [{ search: '5' }, [5]],
    [{ search: 'nobody' }, []],
  ])('by %j is %j', (address, places) => {
    expect(placesOf(address)).toEqual(places)
  })

  it('by each column has every author once, those with nothing known last', () => {
    for (const sort of SORTS) {
      for (const order of ['asc', 'desc']) {
        const found = selected(authors, influencersQuery.parse({ sort, order }))
        expect(found.toSorted((one, other) => one.rank - other.rank)).toEqual(authors)
        const unknown = found.findIndex((author) => author[sort] === null)
        expect(
          found.slice(unknown === -1 ? found.length : unknown).every((author) => author[sort] === null),
        ).toBe(true)
      }
    }
  })

  it('has an address that reads back as itself', () => {
    const address = {
      search: 'a b',
      country: 'GB',
      followers: '10',
      sort: 'retweets',
      order: 'asc',
      page: '3',
    }
    const query = influencersQuery.parse(address)
    const again = Object.fromEntries(new URL(href('/x', parametersOf(query)), 'http://x').searchParams)
    expect(influencersQuery.parse(again)).toEqual(query)
    expect(href('/x', parametersOf(influencersQuery.parse({})))).toBe('/x')
  })

  it('is cut into pages that hold each row once; a page after the last is the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), (count) => {
        const rows = Array.from({ length: count }, (_, index) => index)
        const { pages } = pageOf(rows, 1)
        const all = Array.from({ length: pages }, (_, index) => pageOf(rows, index + 1).rows).flat()
        expect(all).toEqual(rows)
        expect(pageOf(rows, 9_999).page).toBe(pages)
      }),
    )
  })
})

describe('a score taken apart', () => {
  it('adds up to itself, also where a part is unknown', () => {
    const whole = scoreParts(ranked(1))
    expect(whole.map(({ points }) => points)).toEqual([12, 6, 4, 3])
    const partial = scoreParts(ranked(1, { favourites_part: null, depth_part: null }))
    expect(partial.map(({ weight }) => weight)).toEqual([0.6, 0, 0.4, 0])
    expect(partial.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(32)
  })
})

describe('a text by people', () => {
  it.each([
    [HOSTILE.nullByte, 'Null bell'],
    [HOSTILE.rightToLeft, 'gnp.exe مرحبا بالعالم'],
    [HOSTILE.emoji, HOSTILE.emoji],
    ['half \uD83D and \uDE00', 'half  and'],
    ['  two\n lines\t', 'two lines'],
    ['\u202E\u0000', ''],
  ])('%j is shown as %j', (text, clean) => {
    expect(shown(text)).toBe(clean)
  })

  it('is cut by letters that people see, however they are made', () => {
    expect(shown('👩🏽‍🚀'.repeat(50), 3)).toBe(`${'👩🏽‍🚀'.repeat(3)}…`)
    expect(shown(HOSTILE.long, 10)).toBe('LoLoLoLoLo…')
    expect(shown(`Z${'\u0301'.repeat(500)}`, 10).length).toBeLessThan(20)
  })
})

const edge = (amplifier_id: string, author_id: string, retweets = 1, community = '1'): Amplifier => ({
  amplifier_id,
  author_id,
  retweets,
  expected_children: null,
  amplifier_followers: null,
  amplifier_community: community,
  author_community: '1',
  name: null,
  screen_name: null,
  location: null,
})

describe('a network', () => {
  const edges = [edge('2', '1', 5), edge('x', '1', 9, '2'), edge('y', '2', 1), edge('1', 'z', 3)]

  it('is of leading authors and who amplifies them, with what each received and passed on', () => {
    const graph = graphOf([ranked(1), ranked(2), ranked(7)], edges)
    expect(graph.nodes.map(({ id, received, passedOn }) => [id, received, passedOn])).toEqual([
      ['1', 14, 3],
      ['2', 1, 5],
      ['x', 0, 9],
      ['y', 0, 1],
    ])
    expect(graph.links).toHaveLength(3)
    expect(communitiesOf(graph).map(({ label, nodes, leader }) => [label, nodes.length, leader.id])).toEqual([
      ['1', 3, '1'],
      ['2', 1, 'x'],
    ])
  })

  it('stands the same way each time, keeps to its size, and names how many are left out', async () => {
    const many = Array.from({ length: 500 }, (_, index) => edge(`x${index}`, '1', 1 + (index % 7)))
    const graph = graphOf([ranked(1)], many)
    expect(graph.nodes).toHaveLength(MOST_NODES)
    expect(graph.leftOut).toBe(501 - MOST_NODES)
    const small = graphOf([ranked(1), ranked(2)], edges)
    const [one, other] = await Promise.all([placeNodes(small), placeNodes(small)])
    expect(one).toEqual(other)
    expect(one.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })
})

describe('movers', () => {
  const earlierOf = (all: readonly RankedAuthor[]): Earlier =>
    new Map(all.map((author) => [author.author_id, { ...author, slot_end: new Date(0) }]))

  it('are those whose influence changed most, newcomers by all of it', () => {
    const now = [ranked(1, { influence: 60 }), ranked(2, { influence: 30 }), ranked(3, { influence: 20.01 })]
    const earlier = earlierOf([ranked(1, { influence: 65 }), ranked(3, { influence: 20 })])
    expect(
      findMovers(now, earlier).map(({ author, change, rankBefore }) => [author.rank, change, rankBefore]),
    ).toEqual([
      [2, 30, undefined],
      [1, -5, 1],
    ])
  })

  it('among topics are those of some volume', () => {
    const topic = (name: string, change_percent: number | null, volume = 100): Topic => ({
      kind: 'word',
      topic: name,
      volume,
      previous_volume: 5,
      change_percent,
      authors: null,
      reach: null,
      sentiment: null,
    })
    const topics = [topic('a', 50), topic('b', -20), topic('c', null), topic('d', 900, 6), topic('e', 80)]
    expect(moving(topics, 1).map((each) => each.topic)).toEqual(['e', 'a'])
    expect(moving(topics, -1).map((each) => each.topic)).toEqual(['b'])
  })
})

it('classes of volumes end at the largest, and each has a number of its own', () => {
  expect(volumeSteps([1, 10, 100_000], 5)).toEqual([10, 100, 1_000, 10_000, 100_000])
  expect(volumeSteps([2, 2], 5)).toEqual([2])
  expect(volumeSteps([1_000, 1_003], 5)).toEqual([1_001, 1_002, 1_003])
  expect(volumeSteps([], 5)).toEqual([1])
})

it('costs travel in an address', () => {
  const csv = 'author,cost\nada,10.50\n"a ""quoted"", name",3\n'
  const lines = readCostLines(csv, 'the costs')
  expect(unpackCosts(packCosts(lines))).toEqual(lines)
  expect(() => unpackCosts('AAAA')).toThrow('broken')
  const many = Array.from({ length: 20_000 }, (_, line) => ({
    author: `author${line * 7919}`,
    costCents: line + 1,
    line,
  }))
  expect(() => packCosts(many)).toThrow('too many')
})

it('numbers say their units', () => {
  expect([duration(900), duration(90_000), duration(3 * 3_600_000), duration(5 * 86_400_000)]).toEqual([
    '0.9 s',
    '2 min',
    '3.0 h',
    '5 days',
  ])
  expect([percent(0), percent(0.01), percent(12.34), signed(-3.25, tenth)]).toEqual([
    '0.0\u00A0%',
    '<0.1\u00A0%',
    '12.3\u00A0%',
    '−3.3',
  ])
})

it('what is remembered is made once, forgotten when it fails, and the oldest goes first', async () => {
  let made = 0
  const remember = remembered<number>({ most: 2 })
  const make = () => Promise.resolve((made += 1))
  expect(await Promise.all([remember('a', make), remember('a', make)])).toEqual([1, 1])
  await expect(remember('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await remember('b', make)).toBe(2)
  await remember('a', make)
  await remember('c', make)
  expect(await remember('a', make)).toBe(1)
  expect(await remember('b', make)).toBe(4)
})

it('what is remembered weighs no more than it may', async () => {
  let made = 0
  const remember = remembered<string>({ most: 10, weightOf: ({ length }) => length })
  const make = (length: number) => () => Promise.resolve(String((made += 1)).padStart(length))
  await remember('a', make(4))
  await remember('b', make(4))
  await remember('a', make(4))
  await remember('c', make(4))
  expect(made).toBe(3)
  await remember('a', make(4))
  expect(made).toBe(3)
  await remember('b', make(4))
  expect(made).toBe(4)
  // What is too heavy alone is not kept, and leaves nothing else.
  await remember('d', make(11))
  await remember('a', make(4))
  expect(made).toBe(6)
})
