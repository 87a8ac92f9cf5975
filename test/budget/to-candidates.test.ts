import { describe, expect, it } from '@jest/globals'

import { centsOf, microsOf, modelledCost } from '../../src/budget/money.ts'
import { toCandidates, type AmplifierFigures, type AuthorFigures } from '../../src/budget/to-candidates.ts'

const author = (author_id: string, more: Partial<AuthorFigures> = {}): AuthorFigures => ({
  author_id,
  followers: 100,
  tweets: 4,
  retweets: 0,
  retweeters: 0,
  ...more,
})

const edge = (amplifier_id: string, more: Partial<AmplifierFigures> = {}): AmplifierFigures => ({
  amplifier_id,
  author_id: 'a',
  retweets: 1,
  amplifier_followers: 50,
  ...more,
})

const channelsOf = (authors: readonly AuthorFigures[], edges: readonly AmplifierFigures[]) => {
  const model = toCandidates({ authors, edges, costOf: () => 1, seenShare: 0.5 })
  return new Map(
    model.candidates.map(({ id, channels }) => [
      id,
      channels.map(({ audience, people, chance }) => [audience, people, chance]),
    ]),
  )
}

describe('an author’s audiences', () => {
  it('are their followers, their amplifiers’ as often as those retweet, and the other retweeters’ together', () => {
    const found = channelsOf(
      [author('a', { retweets: 9, retweeters: 4 })],
      [edge('x'), edge('y', { retweets: 2, amplifier_followers: 80 })],
    )
    expect(found.get('a')).toEqual([
      ['followers of a', 100, 0.5],
      ['followers of x', 50, 0.125],
      ['followers of y', 80, 0.25],
      // 6 retweets of 4 tweets by 2 users, each of the lower quartile of 50 and 80 followers.
      ['others who retweet a', 100, 0.375],
    ])
  })

  it('are as large by whatever way they are reached', () => {
    const found = channelsOf(
      [author('a', { retweets: 1, retweeters: 1 }), author('x', { followers: 70 })],
      [edge('x')],
    )
    expect(found.get('a')).toContainEqual(['followers of x', 70, 0.125])
    expect(found.get('x')).toEqual([['followers of x', 70, 0.5]])
  })

  it('of an amplifier whose followers are unknown are like the smaller of the known', () => {
    const found = channelsOf(
      [author('a', { retweets: 3, retweeters: 3 })],
      [edge('x'), edge('y', { amplifier_followers: 90 }), edge('z', { amplifier_followers: null })],
    )
    expect(found.get('a')).toContainEqual(['followers of z', 50, 0.125])
  })

  it('are none where nothing is known, or nobody follows or retweets', () => {
    const found = channelsOf(
      [author('a', { followers: null, retweets: 2, retweeters: 2 }), author('b', { followers: 0 })],
      [edge('x', { retweets: 0, amplifier_followers: null })],
    )
    expect([...found.values()]).toEqual([[], []])
  })

  it('are asked for only where there is a price', () => {
    const input = { authors: [author('a')], edges: [], costOf: () => undefined, seenShare: 0.1 }
    expect(toCandidates(input).candidates).toEqual([])
  })
})

describe('money', () => {
  it.each([
    ['0.29', 29],
    ['1000', 100_000],
    ['1.1', 110],
    ['1.005', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['1,5', undefined],
  ])('%j is %p cents', (text, cents) => {
    expect(centsOf(text)).toBe(cents)
  })

  it('has rates of a millionth, and costs that are rounded up', () => {
    const model = { baseMicros: microsOf('0.1') ?? 0n, perFollowerMicros: microsOf('0.000001') ?? 0n }
    expect(modelledCost(model, 0)).toBe(10)
    expect(modelledCost(model, 1)).toBe(11)
    expect(modelledCost(model, 9_007_199_254)).toBe(900_730)
    expect(modelledCost(model, null)).toBeUndefined()
    expect(modelledCost({ ...model, perFollowerMicros: 0n }, null)).toBe(10)
  })
})
