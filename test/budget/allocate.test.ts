import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import type { Allocation, Budget } from '../../src/budget/allocate.ts'
import { allocate } from '../../src/budget/allocate.ts'
import type { Candidate, Channel } from '../../src/budget/market.ts'

const GUARANTEE = 1 - 1 / Math.sqrt(Math.E)
const AUDIENCES = 5

const channel = fc.record({
  audience: fc.integer({ min: 0, max: AUDIENCES - 1 }).map(String),
  chance: fc.constantFrom(0.1, 0.5, 0.9, 1),
})
const people = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: AUDIENCES, maxLength: AUDIENCES })
/** Few authors, many shared audiences, costs of all sizes beside the budget. */
const instance = fc
  .record({
    people,
    authors: fc.array(
      fc.record({
        costCents: fc.integer({ min: 1, max: 10 }),
        channels: fc.uniqueArray(channel, { selector: (one) => one.audience, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    totalCents: fc.integer({ min: 1, max: 14 }),
    mostPerAuthorCents: fc.integer({ min: 1, max: 14 }),
  })
  .map(({ people: sizes, authors, ...limits }) => ({
    candidates: authors.map(({ costCents, channels }, index): Candidate => ({
      id: `a${index}`,
      costCents,
      channels: channels.map((one) => ({ ...one, people: sizes[Number(one.audience)] ?? 0 })),
    })),
    budget: { ...limits, leastReach: 0 },
  }))

/** People who see at least one post, by inclusion of every person's chance. */
function reachOf(candidates: readonly Candidate[], posts: readonly number[]): number {
  const unseen = new Map<string, { readonly people: number; readonly share: number }>()
  for (const [at, { channels }] of candidates.entries()) {
    for (const { audience, people: size, chance } of channels) {
      const share = (unseen.get(audience)?.share ?? 1) * (1 - chance) ** (posts[at] ?? 0)
      unseen.set(audience, { people: size, share })
    }
  }
  return [...unseen.values()].reduce((sum, { people: size, share }) => sum + size * (1 - share), 0)
}

/** Every way to spend the budget. */
function bestReach(candidates: readonly Candidate[], budget: Budget): number {
  const search = (at: number, left: number, posts: readonly number[]): number => {
    const cost = candidates[at]?.costCents
    if (cost === undefined) return reachOf(candidates, posts)
    const most = Math.floor(Math.min(left, budget.mostPerAuthorCents) / cost)
    return Math.max(
      ...Array.from({ length: most + 1 }, (_, count) =>
        search(at + 1, left - count * cost, [...posts, count]),
      ),
    )
  }
  return search(0, budget.totalCents, [])
}

const postsOf = (candidates: readonly Candidate[], { purchases }: Allocation): readonly number[] =>
  candidates.map(({ id }) => purchases.find((purchase) => purchase.id === id)?.posts ?? 0)

const author = (id: string, costCents: number, ...channels: readonly Channel[]): Candidate => ({
  id,
  costCents,
  channels,
})

describe('an allocation', () => {
  it('reaches what is guaranteed of the best that any reaches, and says truly how many', () => {
    fc.assert(
      fc.property(instance, ({ candidates, budget }) => {
        const found = allocate(candidates, budget)
        expect(found.reach).toBeCloseTo(reachOf(candidates, postsOf(candidates, found)), 6)
        const added = found.purchases.reduce((sum, { reachAdded }) => sum + reachAdded, 0)
        expect(added).toBeCloseTo(found.reach, 6)
        const best = bestReach(candidates, budget)
        expect(found.reach).toBeGreaterThanOrEqual(GUARANTEE * best - 1e-6)
        expect(found.reach).toBeLessThanOrEqual(best + 1e-6)
      }),
      { numRuns: 500 },
    )
  })

  it('is the best where audiences are apart and posts cost the same', () => {
    const apart = instance.map(({ candidates, budget }) => ({
      budget,
      candidates: candidates.map((candidate) => ({
        ...candidate,
        costCents: 3,
        channels: candidate.channels.map((one) => ({ ...one, audience: `${candidate.id} ${one.audience}` })),
      })),
    }))
    fc.assert(
      fc.property(apart, ({ candidates, budget }) => {
        expect(allocate(candidates, budget).reach).toBeCloseTo(bestReach(candidates, budget), 6)
      }),
      { numRuns: 200 },
    )
  })

  it('never spends more than the total, nor more than the limit on one author, to the cent', () => {
    fc.assert(
      fc.property(instance, ({ candidates, budget }) => {
        const { purchases, spentCents, unspentCents, unspentReason } = allocate(candidates, budget)
        const costs = purchases.map(({ costCents }) => costCents)
        expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(spentCents)
        expect(spentCents + unspentCents).toBe(budget.totalCents)
        expect(unspentCents).toBeGreaterThanOrEqual(0)
        expect(Math.max(0, ...costs)).toBeLessThanOrEqual(budget.mostPerAuthorCents)
        expect(unspentReason !== undefined).toBe(unspentCents > 0)
      }),
    )
  })

  it('reaches no fewer readers with more money', () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 1, max: 10 }), ({ candidates, budget }, more) => {
        const richer = { ...budget, totalCents: budget.totalCents + more }
        expect(allocate(candidates, richer).reach).toBeGreaterThanOrEqual(
          allocate(candidates, budget).reach - 1e-6,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('is the same in any order of candidates', () => {
    fc.assert(
      fc.property(instance, ({ candidates, budget }) => {
        expect(allocate(candidates.toReversed(), budget)).toEqual(allocate(candidates, budget))
      }),
    )
  })

  it('counts readers once who are reached through two authors, and names the other', () => {
    const shared = { audience: 'fans', people: 1000, chance: 0.5 }
    const candidates = [
      author('a', 100, shared, { audience: 'own', people: 100, chance: 1 }),
      author('b', 100, shared),
    ]
    const { purchases, reach } = allocate(candidates, {
      totalCents: 200,
      mostPerAuthorCents: 100,
      leastReach: 1,
    })
    expect(reach).toBeCloseTo(100 + 750, 9)
    expect(purchases).toMatchObject([
      { id: 'a', reachAdded: 600, sharedWith: undefined },
      { id: 'b', reachAlone: 500, reachAdded: 250, sharedWith: 'a' },
    ])
  })

  it('takes the one dear post that reaches more than all cheap ones', () => {
    const candidates = [
      author('cheap', 1, { audience: 'few', people: 3, chance: 1 }),
      author('dear', 100, { audience: 'many', people: 200, chance: 1 }),
    ]
    const { purchases } = allocate(candidates, { totalCents: 100, mostPerAuthorCents: 100, leastReach: 1 })
    expect(purchases.map(({ id }) => id)).toEqual(['dear'])
  })

  it.each([
    ['too little for a post', { totalCents: 150, mostPerAuthorCents: 1000 }],
    ['all at the limit', { totalCents: 300, mostPerAuthorCents: 100 }],
    ['nobody new', { totalCents: 5000, mostPerAuthorCents: 5000 }],
  ])('says why money is left: %s', (reason, limits) => {
    const candidates = [author('a', 100, { audience: 'fans', people: 1000, chance: 0.5 })]
    expect(allocate(candidates, { ...limits, leastReach: 1 }).unspentReason).toBe(reason)
  })
})
