import { describe, expect, it } from '@jest/globals'
import { type ComparedScore, differences } from '../../bench/compare-scores.ts'

const oracle = {
  term: 'tide',
  author_id: 'a',
  retweets: 3,
  favourites: 12,
  followers: null,
  non_primary_retweets: 1.25,
  mean_depth: null,
  influence: 15.5,
}
const published: ComparedScore = { ...oracle, retweets: 3n, favourites: 12n }
const found = (changes: Partial<ComparedScore>) => differences([{ ...published, ...changes }], [oracle])

describe('the comparison of published rows with the oracle', () => {
  it('finds nothing between equal rows, although one side counts in 64 bits', () => {
    expect(found({})).toEqual([])
  })

  it('lets scores differ by rounding only', () => {
    expect(found({ influence: 15.5 * (1 + 5e-10) })).toEqual([])
    expect(found({ influence: 15.5 * (1 + 2e-9) })[0]).toMatch(
      /^author a of "tide": influence is 15.5\d+, by/,
    )
  })

  it('lets counts not differ at all, and null be nothing but null', () => {
    expect(found({ retweets: 4n })).toEqual(['author a of "tide": retweets is 4, by DuckDB 3'])
    expect(found({ followers: 0n })).toHaveLength(1)
    expect(found({ mean_depth: 1 })).toHaveLength(1)
    expect(found({ non_primary_retweets: null })).toHaveLength(1)
  })

  it('misses no row on either side, nor one that is there twice', () => {
    expect(differences([], [oracle])).toEqual(['author a of "tide": not published'])
    expect(differences([published], [])).toEqual(['author a of "tide": published, but unknown to DuckDB'])
    expect(differences([published, published], [oracle])).toEqual(['1 rows are published twice'])
  })
})
