import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import { scoreAuthors } from '../../src/jobs/score-authors.ts'
import type { ProfiledAuthorScore } from '../../src/schema/author-score.ts'
import { Observation } from '../../src/schema/observation.ts'
import type { RowJson } from './cascade-frames.ts'
import { observationsOf, secondsAfterRoot, transformBench } from './cascade-frames.ts'

type Sighting = RowJson<typeof Observation>
type Score = Row<typeof ProfiledAuthorScore>

const HOUR_SECONDS = 3600
const window = { slotEnd: secondsAfterRoot(24 * HOUR_SECONDS), windowHours: 48 }

/** Events at the root's time weigh their followers, by debatenight: sums that can be done in the head. */
const at = (user: string, followers: number | null, seconds = 0) => ({ user, followers, seconds })

const COUNTERS = [
  { root_favourites: 10, root_retweets: 90, root_author_followers: 70, root_author_name: 'Old' },
  { root_favourites: 12, root_retweets: 95, root_author_followers: 75, root_author_name: 'Older' },
  { root_favourites: 11, root_retweets: null, root_author_followers: 65, root_author_name: 'New' },
]

const twice = (sightings: readonly Sighting[]) => [...sightings, ...sightings]

/** One root's author, and what happened to their tweets: an author a case, as authors share nothing. */
const CASES: Readonly<Record<string, readonly Sighting[]>> = {
  two_cascades: [
    // w = 1, 1, 2, 4: d = 1, 1.5, 2; non-primary = 0, 1/2, 3/4
    ...observationsOf({
      root: '1',
      author: 'two_cascades',
      rootFollowers: 1,
      events: [at('b', 1), at('c', 2), at('d', 4)],
    }),
    // w = 3, 1: d = 1
    ...observationsOf({ root: '2', author: 'two_cascades', rootFollowers: 3, events: [at('b', 1, 1)] }),
  ],
  amplifier: observationsOf({
    root: '3',
    author: 'amplifier',
    rootFollowers: 1,
    events: [at('amplifier', 1), at('x', 1), at('y', 1)],
  }),
  // w = 1, 1, 2, 4: the amplifier draws 2 * 1/2
  amplified: observationsOf({
    root: '4',
    author: 'amplified',
    rootFollowers: 1,
    events: [at('amplifier', 1), at('c', 2), at('d', 4)],
  }),
  alone: observationsOf({ root: '5', author: 'alone', rootFollowers: 5, events: [at('alone', 5)] }),
  counted: observationsOf({
    root: '6',
    author: 'counted',
    rootFollowers: 1,
    events: [at('x', 1, 60), at('y', 1, 120), at('z', 1, 180)],
  })
    .map((sighting, index) => ({ ...sighting, ...COUNTERS[index] }))
    .toReversed(),
  unknown_followers: observationsOf({
    root: '7',
    author: 'unknown_followers',
    rootFollowers: 9,
    events: [at('x', null), at('y', 1)],
  }),
  unknown_and_silent: [
    ...observationsOf({
      root: '13',
      author: 'unknown_and_silent',
      rootFollowers: 9,
      events: [at('x', null)],
    }),
    ...observationsOf({
      root: '14',
      author: 'unknown_and_silent',
      rootFollowers: 9,
      events: [at('unknown_and_silent', 9)],
    }),
  ],
  partly_before: observationsOf({
    root: '8',
    author: 'partly_before',
    rootFollowers: 1,
    events: [-24, -23.9, 24, 24.1].map((hours, index) => at(`w${index}`, 1, hours * HOUR_SECONDS)),
  }),
  before: observationsOf({
    root: '9',
    author: 'before',
    rootFollowers: 1,
    events: [at('x', 1, -24 * HOUR_SECONDS)],
  }),
  after: observationsOf({
    root: '10',
    author: 'after',
    rootFollowers: 1,
    events: [at('x', 1, 24 * HOUR_SECONDS + 1)],
  }),
  replied_to: observationsOf({
    root: '11',
    author: 'replied_to',
    rootFollowers: 1,
    events: [at('x', 1, 1), at('y', 1, 2), at('z', 1, 3)],
  }).map((sighting, index) => ({ ...sighting, kind: ['retweet', 'quote', 'reply'][index] ?? null })),
  felt_about: twice(
    observationsOf({
      root: '12',
      author: 'felt_about',
      rootFollowers: 1,
      events: [at('x', 1, 1), at('y', 1, 2), at('z', 1, 3)],
    }).map((sighting, index) => ({ ...sighting, sentiment: [1, -0.5, null][index] ?? null })),
  ),
}

const scores = new Map<string | null, Score>()
const countsSeen: Record<string, number> = {}
beforeAll(async () => {
  await using bench = await transformBench()
  const counts = await scoreAuthors({
    spark: bench.spark,
    observations: await bench.frameOf(Observation, Object.values(CASES).flat()),
    window,
    kernel: 'debatenight',
    write: async (authors) => {
      for (const score of await authors.collect()) scores.set(score.author_id, score)
      return scores.size
    },
    writeNetwork: async () => 0,
    options: {},
  })
  Object.assign(countsSeen, counts)
})

describe('an author', () => {
  it('has the sums and means of all their cascades, each retweeter counting once', () => {
    const author = scores.get('two_cascades')
    expect(author).toMatchObject({ tweets: 2n, retweets: 4n, claimed_retweets: 4n, favourites: 14n })
    expect(author).toMatchObject({ retweeters: 4n, followers: 3n, coverage: 1, depth_method: 'expected' })
    expect(author?.non_primary_retweets).toBeCloseTo(1 / 2 + 3 / 4, 9)
    expect(author?.mean_depth).toBeCloseTo((1 + 3 / 2 + 2 + 1) / 4, 9)
    expect(author?.max_depth).toBeCloseTo(2, 9)
    expect(author?.engagement_rate).toBeCloseTo((4 + 14) / (2 * 3), 9)
  })

  it('amplifies the cascades of others, not their own', () => {
    expect(scores.get('amplifier')?.amplification).toBeCloseTo(1, 9)
    expect(scores.get('amplifier')).toMatchObject({ retweets: 3n, retweeters: 2n })
    expect(scores.get('amplified')?.amplification).toBeNull()
  })

  it('who alone retweets themself has retweets, and known to have no depth', () => {
    const author = scores.get('alone')
    expect(author).toMatchObject({ retweets: 1n, retweeters: 0n, non_primary_retweets: 0, mean_depth: null })
    expect(author).toMatchObject({ max_depth: null, depth_part: 0 })
  })

  it('has the counters of the newest sighting, also where they fell', () => {
    expect(scores.get('counted')).toMatchObject({ favourites: 11n, claimed_retweets: 95n })
    expect(scores.get('counted')).toMatchObject({ followers: 65n, name: 'New' })
  })

  it('knows nothing of depth where followers are unknown, and scores by the rest', () => {
    const author = scores.get('unknown_followers')
    expect(author).toMatchObject({
      depth_method: 'none',
      mean_depth: null,
      max_depth: null,
      depth_part: null,
    })
    expect(author).toMatchObject({ retweets: 2n, non_primary_retweets: null })
    const { retweets_part, favourites_part, followers_part } = author ?? {}
    const rest = 0.3 * (retweets_part ?? 0) + 0.2 * (favourites_part ?? 0) + 0.2 * (followers_part ?? 0)
    expect(author?.influence).toBeCloseTo(rest / 0.7, 9)
  })

  it('has no depth by a cascade that nobody else spread, where that of the others is unknown', () => {
    expect(scores.get('unknown_and_silent')).toMatchObject({ retweets: 2n, non_primary_retweets: null })
  })

  it('is scored by the events of the window only, its end included and its beginning not', () => {
    expect(scores.get('partly_before')).toMatchObject({ retweets: 2n, retweeters: 2n })
  })

  it('is not scored without an event in the window', () => {
    const others = Object.keys(CASES).filter((author) => author !== 'before' && author !== 'after')
    expect(new Set(scores.keys())).toEqual(new Set(others))
  })

  it('has retweets and quotes of their tweets counted, and no replies', () => {
    expect(scores.get('replied_to')).toMatchObject({ retweets: 2n, retweeters: 2n })
  })

  it('has the mean sentiment of what was said, once a tweet', () => {
    expect(scores.get('felt_about')?.sentiment).toBeCloseTo(0.25, 9)
  })
})

describe('the counts of a run', () => {
  it('tell sightings, repeats, cascades and authors apart, up to the slot', () => {
    const sightings = Object.values(CASES).flat().length - 1 - 1 // two are after the slot
    const duplicates = 3
    expect(countsSeen).toEqual({
      observations: sightings - duplicates,
      duplicates,
      cascades: Object.keys(CASES).length + 2 - 2, // two authors have two; two have none in the window
      authors: Object.keys(CASES).length - 2,
      edges: 0,
    })
  })
})
