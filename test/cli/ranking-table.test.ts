import { describe, expect, it } from '@jest/globals'

import { cutToWidth, displayWidth, printable } from '../../src/cli/display-width.ts'
import type { RankedAuthor } from '../../src/cli/ranking-table.ts'
import { rankingTable } from '../../src/cli/ranking-table.ts'

const ada: RankedAuthor = {
  rank: 1,
  term: 'storm',
  author: 'u_1',
  name: 'Ada',
  influence: 49.674,
  retweets: 356,
  favourites: 218,
  followers: 610_345,
  non_primary_retweets: 55.946,
  mean_depth: 1.178,
  depth_method: 'expected',
  retweets_part: 51.06,
  favourites_part: 46.8,
  followers_part: 72.3,
  depth_part: 35.1,
}

const unknown: RankedAuthor = {
  ...ada,
  rank: 2,
  name: null,
  influence: null,
  favourites: null,
  followers: null,
  non_primary_retweets: null,
  mean_depth: null,
  depth_method: 'none',
  favourites_part: null,
  followers_part: null,
  depth_part: null,
}

describe('the ranking table', () => {
  it('shows each measure with its part of the score, and unknown ones as a dash', () => {
    expect(rankingTable([ada, unknown])).toBe(
      [
        'storm',
        '  #   author   influence    retweets   favourites       followers   non-primary   mean depth',
        '  1   Ada          49.67   356 [ 51]    218 [ 47]   610,345 [ 72]   55.95 [ 35]   1.18 expected',
        '  2   u_1              –   356 [ 51]            –               –             –   –',
        '',
      ].join('\n'),
    )
  })

  it('keeps the columns straight below names of any script', () => {
    const names = ['渋谷駅', 'é'.repeat(40), '👩‍🚀 crew', 'e\u0301', '🇯🇵🇯🇵']
    const lines = rankingTable(names.map((name, i) => Object.assign({}, ada, { name, rank: i + 1 })))
      .trimEnd()
      .split('\n')
      .slice(1)
    const starts = lines.map((line) => displayWidth(line.split(/49\.67|influence/)[0] ?? ''))
    expect(new Set(starts.slice(1)).size).toBe(1)
  })

  it('has a table for each term', () => {
    const table = rankingTable([ada, { ...ada, term: 'flood' }])
    expect(table.match(/^\w+$/gm)).toEqual(['storm', 'flood'])
  })
})

describe('a text on a terminal', () => {
  it.each([
    ['abc', 3],
    ['渋谷', 4],
    ['e\u0301', 1],
    ['👩‍🚀', 2],
    ['🇯🇵', 2],
    ['❤️', 2],
    ['ｶﾅ', 2],
    ['\u200b', 0],
    ['', 0],
  ])('%j takes %d cells', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('is cut between characters', () => {
    expect(cutToWidth('渋谷駅前', 6)).toBe('渋谷…')
    expect(cutToWidth('👩‍🚀👩‍🚀👩‍🚀', 4)).toBe('👩‍🚀…')
    expect(cutToWidth('short', 5)).toBe('short')
  })

  it('cannot drive the terminal or turn the line', () => {
    expect(printable('\u001B[31mred\u0007 \u202Eevil\r\nname')).toBe('[31mred evil name')
  })
})
