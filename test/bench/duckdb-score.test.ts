import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { duckdbDepthEvents, duckdbScore } from '../../bench/duckdb-score.ts'

const SLOT_END = new Date('2018-12-09T12:00:00Z')

const retweet = (changes: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    status_id: '101',
    status_created_at: 'Sun Dec 09 01:00:00 +0000 2018',
    searched_names: 'tide',
    status_user_id: 'b',
    status_user_followers_count: '999',
    rt_status_id: '100',
    rt_status_created_at: 'Sun Dec 09 00:00:00 +0000 2018',
    rt_status_favorite_count: '10',
    rt_status_user_id: 'a',
    rt_status_user_followers_count: '99',
    ...changes,
  })

const FIRST = retweet({})
const SECOND = retweet({
  status_id: '102',
  status_created_at: 'Sun Dec 09 03:00:00 +0000 2018',
  status_user_id: 'c',
  status_user_followers_count: '9',
  rt_status_favorite_count: '14',
  rt_status_user_followers_count: '110',
})
const THIRD = retweet({
  status_id: '103',
  status_created_at: 'Sun Dec 09 07:00:00 +0000 2018',
  status_user_id: 'd',
  status_user_followers_count: '0',
  rt_status_favorite_count: '12', // it fell
  rt_status_user_followers_count: '120',
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-duckdb-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
const withRecords = async (...lines: readonly string[]) => {
  const file = join(folder, `${files++}.jsonl`)
  await writeFile(file, lines.join('\n'))
  return { files: file, slotEnd: SLOT_END, windowHours: 24 }
}
const scoreOf = async (...lines: readonly string[]) => {
  const [score] = await duckdbScore(await withRecords(...lines))
  return score
}

describe('the DuckDB oracle', () => {
  it('finds every intermediate of a cascade of three retweets', async () => {
    const events = await duckdbDepthEvents(await withRecords(THIRD, FIRST, SECOND))
    const [first, second, third] = events
    expect(events.map(({ position, status_id }) => [position, status_id])).toEqual([
      [1, '101'],
      [2, '102'],
      [3, '103'],
    ])
    // The root: e^1.542 * 100^0.610, with the 99 followers that its author had when first seen.
    expect(first?.weight_before).toBeCloseTo(77.56791021089875, 9)
    expect(first?.weight).toBeCloseTo(122.62662238786648, 9) // 1000^0.610 * 2^0.859
    expect(second?.weight_before).toBeCloseTo(200.19453259876522, 9)
    expect(second?.weight).toBeCloseTo(13.401997498883812, 9) // 10^0.610 * 4^0.859
    expect(third?.weight_before).toBeCloseTo(213.59653009764904, 9)
    expect(third?.weight).toBeCloseTo(5.966976106765862, 9) // 1^0.610 * 8^0.859
    expect(first?.depth).toBe(1)
    expect(second?.depth).toBeCloseTo(1.6125373195562624, 12) // 1 + 122.627 / 200.195
    expect(third?.depth).toBeCloseTo(1.6752817728147347, 12) // ... + 13.402 / 213.597
    expect(first?.non_primary).toBe(0)
    expect(second?.non_primary).toBeCloseTo(0.6125373195562626, 12) // 1 - 77.568 / 200.195
    expect(third?.non_primary).toBeCloseTo(0.6368484535987671, 12) // 1 - 77.568 / 213.597
  })

  it('scores its author by the last seen counters', async () => {
    const score = await scoreOf(SECOND, THIRD, FIRST)
    expect(score).toMatchObject({ term: 'tide', author_id: 'a', retweets: 3, favourites: 12, followers: 120 })
    expect(score?.non_primary_retweets).toBeCloseTo(1.2493857731550295, 12)
    expect(score?.mean_depth).toBeCloseTo(1.4292730307903323, 12)
    // 0.3 * 12.0412 + 0.2 * 22.2788 + 0.2 * 26.0348 + 0.3 * 7.0413
    expect(score?.influence).toBeCloseTo(15.387471601536852, 9)
  })

  it('counts only the window, but with the probabilities of the whole cascade', async () => {
    const options = { ...(await withRecords(FIRST, SECOND, THIRD)), windowHours: 10 }
    const [score] = await duckdbScore(options)
    expect(score?.retweets).toBe(2)
    expect(score?.mean_depth).toBeCloseTo(1.6439095461854984, 12)
    expect(score?.influence).toBeCloseTo(14.637839833005675, 9)
  })

  it('leaves an event at the start of the window out and one at its end in', async () => {
    const atStart = retweet({ status_id: '98', status_created_at: 'Sat Dec 08 12:00:00 +0000 2018' })
    const atEnd = retweet({ status_id: '99', status_created_at: 'Sun Dec 09 12:00:00 +0000 2018' })
    const after = retweet({ status_id: '97', status_created_at: 'Sun Dec 09 12:00:01 +0000 2018' })
    expect((await scoreOf(atStart, atEnd, after))?.retweets).toBe(1)
  })

  it('takes a repeat, a broken line and a record without id for nothing', async () => {
    const noise = [FIRST.slice(0, 150), 'nul', retweet({ status_id: 'None' }), '']
    expect(await scoreOf(FIRST, ...noise, SECOND, FIRST, THIRD)).toEqual(await scoreOf(FIRST, SECOND, THIRD))
  })

  it('counts a second retweet of a user and one by the author, but not as deeper', async () => {
    const again = retweet({ status_id: '104', status_created_at: 'Sun Dec 09 08:00:00 +0000 2018' })
    const own = retweet({ status_id: '105', status_user_id: 'a' })
    const plain = await scoreOf(FIRST, SECOND, THIRD)
    const more = await scoreOf(FIRST, SECOND, THIRD, again, own)
    expect(more?.retweets).toBe(5)
    expect(more?.mean_depth).toBe(plain?.mean_depth)
  })

  it('gives no depth when too few followers are known, and weighs the other parts alone', async () => {
    const score = await scoreOf(FIRST, SECOND, THIRD.replace('"0"', '"None"'))
    expect(score).toMatchObject({ non_primary_retweets: null, mean_depth: null })
    expect(score?.influence).toBeCloseTo(18.964413960441554, 9) // the other three over 0.7
  })

  it('orders the retweets of one second by the length of their ids first', async () => {
    const options = await withRecords(
      retweet({ status_id: '1000', status_user_id: 'c' }),
      retweet({ status_id: '999' }),
    )
    expect((await duckdbDepthEvents(options)).map((event) => event.status_id)).toEqual(['999', '1000'])
  })
})
