import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import type { Ledger } from '../../src/store/ledger.ts'
import type { SlotRun } from '../../src/store/slot-runs.ts'
import type { Store } from '../../src/store/store.ts'
import type { ScratchDatabase } from './scratch-database.ts'
import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'
import { countsOf, stagedRejection, stagedScore } from './staged-rows.ts'

const slotEnd = new Date('2026-01-02T03:15:00Z')
const slot = { slotEnd, windowHours: 720, kernel: 'calibrated' } as const
const source = { inputs: ['/raw'] }

let scratch: ScratchStore
let database: ScratchDatabase
let store: Store
let ledger: Ledger

beforeAll(async () => {
  scratch = await scratchStore()
  ;({ database, store } = scratch)
  ledger = await store.openLedger({ holder: 'the test' })
})

afterAll(async () => {
  await ledger[Symbol.asyncDispose]()
  await scratch[Symbol.asyncDispose]()
})

beforeEach(async () => {
  const tables = [
    'author_score',
    'author',
    'rejected',
    'slot_run',
    'author_score_staging',
    'rejected_staging',
  ]
  for (const table of tables) await database.run(`delete from ${table}`)
})

const begin = (options: Partial<typeof slot> | object = {}): Promise<SlotRun> =>
  ledger.beginSlot({ ...slot, ...options }, source, 1)

/** Stages the rows and publishes them, as a run does. */
async function publishScores(
  changes: readonly Readonly<Record<string, unknown>>[],
  options = {},
): Promise<SlotRun> {
  const run = await begin(options)
  const rows = changes.map((change) => stagedScore(run, change))
  await database.insert('author_score_staging', rows)
  await ledger.publish(run, countsOf({ author_score: rows }))
  return run
}

const allScores = () =>
  database.rows('select * from author_score order by term, window_hours, slot_end, author_id')
const staged = async () => [
  ...(await database.rows('select fence from author_score_staging')),
  ...(await database.rows('select fence from rejected_staging')),
]

describe('publishing a batch', () => {
  it('moves every column to author_score and author', async () => {
    const run = await publishScores([{}])
    const [score] = await allScores()
    expect(score).toMatchObject({
      term: 'storm',
      slot_end: '2026-01-02 03:15:00.000000',
      author_id: '9007199254740993',
      retweets: '356',
      followers: '610345',
      non_primary_retweets: '55.946',
      non_primary_low: '43.2',
      non_primary_high: '68.7',
      sentiment: '-0.25',
      influence: '49.674',
    })
    expect(await database.rows('select * from author')).toEqual([
      {
        author_id: '9007199254740993',
        name: 'Ada',
        screen_name: 'ada',
        location: 'Turin',
        image: 'https://example.org/ada.png',
        language: 'en',
        followers: '610345',
        seen_at: '2026-01-02 03:04:05.678901',
      },
    ])
    expect(
      await database.rows('select state, fence, batch_seq, observations, authors from slot_run'),
    ).toEqual([
      { state: 'published', fence: `${run.fence}`, batch_seq: '1', observations: '10', authors: '1' },
    ])
    expect(await staged()).toEqual([])
  })

  it('leaves the same rows when the slot is scored twice', async () => {
    await publishScores([{}, { author_id: '2', rank_in_term: 2 }])
    const first = await allScores()
    await publishScores([{}, { author_id: '2', rank_in_term: 2 }])
    expect(await allScores()).toEqual(first)
    expect(first).toHaveLength(2)
  })

  it('removes authors of the slot that a second run no longer finds, in all terms', async () => {
    await publishScores([{}, { author_id: '2', term: 'flood' }])
    await publishScores([{ author_id: '3' }])
    expect((await allScores()).map((row) => row['author_id'])).toEqual(['3'])
  })

  it('keeps the other windows and slots', async () => {
    await publishScores([{}], { windowHours: 24 })
    await publishScores([{}], { slotEnd: new Date('2026-01-02T03:00:00Z') })
    await publishScores([{}], { slotEnd: new Date('2026-01-02T03:30:00Z') })
    await publishScores([{}])
    expect(await allScores()).toHaveLength(4)
  })

  it('is done once when its answer got lost and it is called again', async () => {
    const run = await publishScores([{}])
    const published = await allScores()
    await ledger.publish(run, countsOf({ author_score: [{}] }))
    expect(await allScores()).toEqual(published)
  })

  it('takes an empty slot', async () => {
    await publishScores([{}])
    await ledger.publish(await begin(), countsOf({}))
    expect(await allScores()).toEqual([])
  })
})

describe('staging that does not match what Spark counted', () => {
  it.each([
    ['too few authors', ['a', 'b'], 0, 'staging holds 1 rows of author_score, but Spark counted 2'],
    ['too many authors', [], 0, 'staging holds 1 rows of author_score, but Spark counted 0'],
    ['another author', ['b'], 0, 'rows of author_score with the checksum'],
    ['too few rejected records', ['a'], 1, 'staging holds 0 rows of rejected, but Spark counted 1'],
  ])('publishes nothing: %s', async (_, authors, rejected, sentence) => {
    await publishScores([{ author_id: 'old' }])
    const before = await allScores()
    const run = await begin()
    await database.insert('author_score_staging', [stagedScore(run, { author_id: 'a' })])
    const counted = authors.map((author_id) => stagedScore(run, { author_id }))
    const counts = countsOf({ author_score: counted }, rejected)
    await expect(ledger.publish(run, counts)).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringContaining(sentence),
    })
    expect(await allScores()).toEqual(before)
    expect(await staged()).toEqual([])
    expect(await database.rows('select state from slot_run')).toEqual([{ state: 'published' }])
  })

  it('publishes nothing when a row belongs to another slot', async () => {
    const run = await begin()
    const rows = [stagedScore(run, { slot_end: '2026-01-02 04:00:00' })]
    await database.insert('author_score_staging', rows)
    const publication = ledger.publish(run, countsOf({ author_score: rows }))
    await expect(publication).rejects.toMatchObject({ code: 'mismatch' })
    expect(await allScores()).toEqual([])
  })

  it('cannot be published after the run was given up', async () => {
    const run = await begin()
    const rows = [stagedScore(run)]
    await database.insert('author_score_staging', rows)
    await ledger.abandon(run)
    const publication = ledger.publish(run, countsOf({ author_score: rows }))
    await expect(publication).rejects.toMatchObject({ code: 'mismatch' })
    expect(await database.rows('select state from slot_run')).toEqual([{ state: 'failed' }])
  })
})

describe('a statement that fails in the middle', () => {
  it.each([
    ['a part above 100', { author_id: 'b', influence: 100.5 }, 'author_score_influence_range'],
    ['a bound below 0', { author_id: 'b', non_primary_low: -0.1 }, 'author_score_non_primary_low_range'],
    ['a sentiment below -1', { author_id: 'b', sentiment: -1.1 }, 'author_score_sentiment_range'],
    ['an unknown depth method', { author_id: 'b', depth_method: 'guess' }, 'author_score_depth_method_range'],
    ['no rank', { author_id: 'b', rank_in_term: null }, 'rank_in_term'],
    ['no sighting', { author_id: 'b', seen_at: null }, 'seen_at'],
    ['the same author twice', { author_id: 'a' }, 'Duplicate entry'],
  ])('leaves the old rows: %s', async (_, change, culprit) => {
    await publishScores([{ author_id: 'old' }])
    const before = await allScores()
    const run = await begin()
    const rows = [stagedScore(run, { author_id: 'a' }), stagedScore(run, change)]
    await database.insert('author_score_staging', rows)
    await expect(ledger.publish(run, countsOf({ author_score: rows }))).rejects.toMatchObject({
      code: 'invalid_row',
      message: expect.stringContaining(culprit),
    })
    expect(await allScores()).toEqual(before)
    expect(await database.rows('select author_id from author')).toEqual([{ author_id: 'old' }])
    expect(await staged()).toEqual([])
  })
})

describe('text, numbers and times', () => {
  it('keeps nulls as nulls', async () => {
    const unknown = {
      depth_method: 'none',
      claimed_retweets: null,
      coverage: null,
      favourites: null,
      followers: null,
      non_primary_retweets: null,
      non_primary_low: null,
      non_primary_high: null,
      mean_depth: null,
      max_depth: null,
      amplification: null,
      engagement_rate: null,
      sentiment: null,
      retweets_part: null,
      favourites_part: null,
      followers_part: null,
      depth_part: null,
      influence: null,
    }
    await publishScores([{ ...unknown, name: null, screen_name: null, location: null, image: null }])
    expect((await allScores())[0]).toMatchObject(unknown)
    expect((await store.topAuthors({ ...slot, limit: 1 }))[0]).toMatchObject({ name: null, influence: null })
  })

  it('keeps emoji and other characters of four bytes, and cuts no surrogate pair in half', async () => {
    await publishScores([{ name: '𝓐da 👩‍🚀', location: '🏔'.repeat(300) }])
    const [author] = await database.rows('select name, location from author')
    expect(author?.['name']).toBe('𝓐da 👩‍🚀')
    expect(author?.['location']).toBe('🏔'.repeat(255))
  })

  it('tells ids and terms apart that differ in case or accents only', async () => {
    await publishScores([
      { author_id: 'did:plc:aB', term: 'cafe' },
      { author_id: 'did:plc:Ab', term: 'cafe' },
      { author_id: 'did:plc:aB', term: 'café' },
      { author_id: 'did:plc:aB', term: 'Cafe' },
    ])
    expect(await allScores()).toHaveLength(4)
    expect(await database.rows('select author_id from author')).toHaveLength(2)
  })

  it('keeps 64-bit counters to the last digit', async () => {
    await publishScores([{ favourites: 9_223_372_036_854_775_807n }])
    expect((await store.topAuthors({ ...slot, limit: 1 }))[0]?.favourites).toBe(9_223_372_036_854_775_807n)
  })
})

describe('what is known of an author', () => {
  it('comes from the newest sighting, also within a batch', async () => {
    await publishScores([
      { term: 'a', name: 'new', followers: 3n, seen_at: '2026-01-02 00:00:00.000002' },
      { term: 'b', name: 'old', followers: 9n, seen_at: '2026-01-02 00:00:00.000001' },
    ])
    await publishScores([{ name: 'older', seen_at: '2026-01-01 00:00:00' }])
    expect(await database.rows('select name, followers, seen_at from author')).toEqual([
      { name: 'new', followers: '3', seen_at: '2026-01-02 00:00:00.000002' },
    ])
    await publishScores([{ name: 'newest', seen_at: '2026-01-03 00:00:00' }])
    expect(await database.rows('select name, seen_at from author')).toEqual([
      { name: 'newest', seen_at: '2026-01-03 00:00:00.000000' },
    ])
  })
})

describe('rejected records', () => {
  it('are kept once, with the batch that met them first, their text cut', async () => {
    const first = await begin()
    await database.insert('rejected_staging', [stagedRejection(first, 'a', { record: 'x'.repeat(5000) })])
    await ledger.publish(first, countsOf({}, 1))
    const second = await begin()
    const again = [stagedRejection(second, 'a'), stagedRejection(second, 'b')]
    await database.insert(
      'rejected_staging',
      again.map((row) => ({ ...row, batch_id: 'another' })),
    )
    await ledger.publish(second, countsOf({}, 2))
    expect(
      await database.rows(
        'select left(rejected_id, 1) as id, batch_id, length(record) as length from rejected order by 1',
      ),
    ).toEqual([
      { id: 'a', batch_id: again[0]?.batch_id, length: '2000' },
      { id: 'b', batch_id: 'another', length: '16' },
    ])
  })
})

describe('the slots that are published', () => {
  it('are told from a time on, with the last one before', async () => {
    const at = (time: string) => new Date(`2026-01-02T${time}:00Z`)
    for (const time of ['01:00', '02:00', '03:00', '03:15']) await publishScores([{}], { slotEnd: at(time) })
    await publishScores([{}], { slotEnd: at('02:30'), windowHours: 24 })
    await begin({ slotEnd: at('02:45') })
    const since = (time: string) => store.publishedSlotEnds({ windowHours: 720, since: at(time) })
    expect(await since('02:15')).toEqual([at('02:00'), at('03:00'), at('03:15')])
    expect(await since('00:30')).toHaveLength(4)
    expect(await since('04:00')).toEqual([at('03:15')])
    expect(await store.publishedSlotEnds({ windowHours: 168, since: at('00:00') })).toEqual([])
  })
})

describe('a ranking', () => {
  it('is read by term, then rank, cut at the limit in each term', async () => {
    await publishScores([
      { term: 'b', author_id: '1', rank_in_term: 2 },
      { term: 'b', author_id: '2', rank_in_term: 1 },
      { term: 'b', author_id: '3', rank_in_term: 3 },
      { term: 'a', author_id: '4', rank_in_term: 1 },
    ])
    const top = await store.topAuthors({ slotEnd, windowHours: 720, limit: 2 })
    expect(top.map((row) => [row.term, row.rank_in_term, row.author_id])).toEqual([
      ['a', 1, '4'],
      ['b', 1, '2'],
      ['b', 2, '1'],
    ])
    expect(top[0]).toMatchObject({ name: 'Ada', retweets: 356n, influence: 49.674, depth_part: 35 })
  })

  it('of a slot that was never published is empty', async () => {
    expect(await store.topAuthors({ slotEnd, windowHours: 24, limit: 5 })).toEqual([])
  })
})
