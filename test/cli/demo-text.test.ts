import { describe, expect, it } from '@jest/globals'
import { farewell, movement, withMovement } from '../../src/cli/demo-text.ts'

const author = {
  rank: 2,
  term: 'tide',
  author: '7',
  name: 'Béla Corvo',
  influence: 50,
  retweets: 3n,
  favourites: 12n,
  followers: null,
  non_primary_retweets: 1.25,
  mean_depth: 1.5,
  depth_method: 'expected',
}

describe('the movement between two slots', () => {
  it('points up for a smaller rank and down for a larger one', () => {
    expect(movement(2, 5)).toBe('▲3')
    expect(movement(5, 2)).toBe('▼3')
    expect(movement(2, 2)).toBe('=')
    expect(movement(2, undefined)).toBe('★')
  })

  it('compares an author with the same author of the same term', () => {
    const before = [
      { ...author, term: 'other', rank: 9 },
      { ...author, author: '8', rank: 8 },
      { ...author, rank: 3 },
    ]
    expect(withMovement(author, before).name).toBe('▲1 Béla Corvo')
    expect(withMovement({ ...author, name: null }, []).name).toBe('★ 7')
  })

  it('is not shown in the first slot', () => {
    expect(withMovement(author, undefined)).toEqual(author)
  })
})

describe('the farewell of the demo', () => {
  const text = farewell({
    input: 's3://ripplerank/demo/',
    slots: [new Date('2018-12-09T19:30:00Z'), new Date('2018-12-09T19:45:00Z')],
    windowHours: 24,
  })

  it('names a command for each slot that verifies it', () => {
    expect(text).toContain(
      '  npx ripplerank verify --slot 2018-12-09T19:30:00Z --window 24h\n  npx ripplerank verify --slot 2018-12-09T19:45:00Z --window 24h\n',
    )
  })

  it('names commands that score the same objects, and a query for the last slot', () => {
    expect(text).toContain('npx ripplerank up')
    expect(text).toContain(
      'npx ripplerank score --input s3://ripplerank/demo/ --slot 2018-12-09T20:00:00Z --window 24h',
    )
    expect(text).toContain("slot_end = '2018-12-09 19:45:00' AND window_hours = 24")
  })
})
