import { writeFile } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import { AuthorReach } from '../../src/schema/author-score.ts'
import { withInfluence } from '../../src/transforms/author/with-influence.ts'
import { withRank } from '../../src/transforms/author/with-rank.ts'
import type { TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Reach = Partial<Record<keyof Row<typeof AuthorReach>, number | string | null>>

const reach = (author_id: string, more: Reach = {}): Reach => ({
  term: 'tests',
  author_id,
  tweets: 1,
  retweets: 10,
  claimed_retweets: 20,
  favourites: 30,
  followers: 100,
  retweeters: 10,
  depth_events: 10,
  non_primary_retweets: 2,
  mean_depth: 1.2,
  max_depth: 2,
  ...more,
})

/** The scores of made-up authors, by author. */
async function scores(...authors: readonly Reach[]) {
  const path = await bench.write('')
  await writeFile(path, authors.map((author) => JSON.stringify(author)).join('\n'))
  const rows = await bench.spark.read
    .schema({ ...AuthorReach, amplification: AuthorReach.mean_depth })
    .json(path)
    .dropna('term', 'tweets')
    .transform(withInfluence())
    .transform(withRank())
    .collect()
  return new Map(rows.map((row) => [row.author_id, row]))
}

describe('an author’s influence', () => {
  it('is the weighted mean of four logarithmic parts', async () => {
    const found = (await scores(reach('a'))).get('a')
    const part = (amount: number, saturation: number) => (100 * Math.log1p(amount)) / Math.log1p(saturation)
    expect(found?.retweets_part).toBeCloseTo(part(10, 1e5), 9)
    expect(found?.followers_part).toBeCloseTo(part(100, 1e8), 9)
    const mean = 0.3 * part(10, 1e5) + 0.2 * part(30, 1e5) + 0.2 * part(100, 1e8) + 0.3 * part(2, 1e5)
    expect(found?.influence).toBeCloseTo(mean, 9)
    expect(found).toMatchObject({ coverage: 0.5, engagement_rate: 0.4, depth_method: 'expected' })
  })

  it('is 100 beyond every saturation and 0 without any engagement', async () => {
    const huge = { retweets: 1e6, favourites: 1e7, followers: 1e9, non_primary_retweets: 1e6 }
    const none = { retweets: 0, favourites: 0, followers: 0, non_primary_retweets: 0 }
    const found = await scores(reach('huge', huge), reach('none', none))
    expect(found.get('huge')?.influence).toBeCloseTo(100, 9)
    expect(found.get('none')?.influence).toBe(0)
    expect(found.get('none')?.engagement_rate).toBeNull()
  })

  it('is the mean of the parts that are known, and no part is made up', async () => {
    const unknown = { favourites: null, followers: null, claimed_retweets: null, non_primary_retweets: null }
    const found = (await scores(reach('a', unknown))).get('a')
    expect(found).toMatchObject({
      favourites_part: null,
      followers_part: null,
      depth_part: null,
      coverage: null,
      engagement_rate: null,
      depth_method: 'none',
    })
    expect(found?.influence).toBeCloseTo(found?.retweets_part ?? Number.NaN, 9)
  })

  it('is unknown where all parts are', async () => {
    const nothing = { retweets: null, favourites: null, followers: null, non_primary_retweets: null }
    expect((await scores(reach('a', nothing))).get('a')?.influence).toBeNull()
  })

  it('ranks within its term; equals share a rank', async () => {
    const found = await scores(
      reach('first', { retweets: 500 }),
      reach('equal', { retweets: 50 }),
      reach('same', { retweets: 50 }),
      reach('last', { retweets: 5 }),
      reach('elsewhere', { retweets: 1, term: 'other' }),
    )
    const ranks = ['first', 'equal', 'same', 'last', 'elsewhere'].map((id) => found.get(id)?.rank_in_term)
    expect(ranks).toEqual([1, 2, 2, 4, 1])
    expect(found.get('first')?.percentile).toBe(100)
    expect(found.get('last')?.percentile).toBe(25)
  })
})
