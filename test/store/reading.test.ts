import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Kysely, MysqlDialect } from 'kysely'
import { createPool, type Pool } from 'mysql2'

import { influencersQuery, selected, SORTS } from '../../src/dashboard/influencers-query.ts'
import { Snapshots } from '../../src/dashboard/snapshots.ts'
import { readerOf, type Reader } from '../../src/store/reading/reader.ts'
import type { Tables } from '../../src/store/tables.ts'
import { inventSlots, TERM } from '../dashboard/invented-slots.ts'
import { hostileId, LAST_SLOT, slotBefore } from '../dashboard/invented.ts'
import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'

const key = { term: TERM, windowHours: 24, slotEnd: LAST_SLOT }
const slots = { term: TERM, windowHours: 24, slotEnds: [slotBefore(1), LAST_SLOT] }
const [author, other] = [hostileId('script'), hostileId('emoji')]

let scratch: ScratchStore
let pool: Pool
let db: Kysely<Tables>
let reader: Reader
interface Asked {
  readonly sql: string
  readonly parameters: readonly unknown[]
}
const asked: Asked[] = []
const everything: Asked[] = []

beforeAll(async () => {
  scratch = await scratchStore()
  await inventSlots(async (table, rows) => {
    if (rows.length > 0) await scratch.database.insert(table, rows)
  })
  // Strangers, so that a plan that reads all rows of a table does not look cheap.
  await scratch.database
    .run(`insert into author_score (term, window_hours, slot_end, author_id, kernel, depth_method, tweets, retweets, retweeters, influence, rank_in_term, percentile)
    select 'other', 24, '2026-03-05 12:45:00', concat('x', seq), 'calibrated', 'none', 1, seq % 50, 1, (seq % 97) / 3, seq, 50 from seq_1_to_20000`)
  await scratch.database.run(`insert into author (author_id, name, screen_name, seen_at)
    select concat('x', seq), concat('Stranger ', seq), concat('stranger', seq), now() from seq_1_to_20000`)
  await scratch.database.run(
    'analyze table author_score, author, cascade_score, influence_edge, sentiment_score, rejected, slot_run',
  )
  pool = createPool({ uri: scratch.database.url, timezone: 'Z', typeCast: wholeBigints })
  db = new Kysely<Tables>({
    dialect: new MysqlDialect({ pool }),
    log: ({ query }) => {
      asked.push(query)
      everything.push(query)
    },
  })
  reader = readerOf(db)
})

afterAll(async () => {
  await db.destroy()
  await scratch[Symbol.asyncDispose]()
})

function wholeBigints(
  field: { readonly type: string; string(): string | null },
  next: () => unknown,
): unknown {
  if (field.type !== 'LONGLONG') return next()
  const text = field.string()
  return text === null ? null : BigInt(text)
}

const byInfluence = { sort: 'influence', order: 'desc', limit: 100 } as const
const everySelection = {
  country: 'GB',
  language: 'unknown',
  leastFollowers: 1_000,
  method: 'expected',
  mood: 'positive',
  sort: 'followers',
  order: 'asc',
  limit: 100,
} as const

interface PlanLine {
  readonly table: string
  readonly type: string
  readonly key: string | null
  readonly rows: string
  readonly Extra: string
}

const explain = async (sql: string, parameters: readonly unknown[]): Promise<readonly PlanLine[]> => {
  const [lines] = await pool.promise().query(`explain ${sql}`, [...parameters])
  return lines as unknown as readonly PlanLine[]
}

describe('every query', () => {
  const queries: readonly (readonly [name: keyof Reader, ask: () => Promise<unknown>])[] = [
    ['publishedSlots', () => reader.publishedSlots({ limit: 600 })],
    ['publishedSlots', () => reader.publishedSlots({ slotEnd: LAST_SLOT, limit: 3 })],
    ['terms', () => reader.terms(key)],
    ['ranking', () => reader.ranking(key, 100)],
    ['ranking', () => reader.ranking({ ...key, term: 'other' }, 100)],
    ['scores', () => reader.scores(key, [author, other])],
    ['selection', () => reader.selection(key, everySelection)],
    ['selection', () => reader.selection({ ...key, term: 'other' }, { ...byInfluence, country: 'GB' })],
    ['selection', () => reader.selection({ ...key, term: 'other' }, { ...byInfluence, ids: ['x7', 'x8'] })],
    ['deletions', () => reader.deletions()],
    ['scoreHistory', () => reader.scoreHistory(slots, [author, other])],
    ['cascadeHistory', () => reader.cascadeHistory(slots, ['1700000', '1700001'])],
    ['volumeHistory', () => reader.volumeHistory(slots)],
    ['cascades', () => reader.cascades(key, { authorId: author, limit: 10 })],
    ['amplifiers', () => reader.amplifiers(key, [author, other])],
    ['mood', () => reader.mood(key)],
    ['methodFigures', () => reader.methodFigures(key)],
    ['topics', () => reader.topics(key)],
    ['countries', () => reader.countries(key)],
    ['countriesOfLocations', () => reader.countriesOfLocations(['London', 'Kraków'])],
    ['findAuthorIds', () => reader.findAuthorIds({ text: 'stranger77', limit: 50 })],
    ['runs', () => reader.runs({ limit: 30, offset: 0 })],
    ['rejections', () => reader.rejections([LAST_SLOT])],
  ]

  it('is asked here', () => {
    expect([...new Set(queries.map(([name]) => name))].toSorted()).toEqual(Object.keys(reader).toSorted())
  })

  it.each(queries)('%s uses an index, and never sorts or reads what it need not', async (_name, ask) => {
    asked.length = 0
    await ask()
    expect(asked.length).toBeGreaterThan(0)
    for (const { sql, parameters } of asked) {
      const tables = (await explain(sql, parameters)).filter(
        ({ table, Extra }) => table !== null && !Extra.includes('const'),
      )
      // Of tables that have a few rows in all, the server may read all of them.
      const whole = tables.filter(
        ({ type, rows }) => (type === 'ALL' || type === 'index') && Number(rows) > 2_000,
      )
      expect({ sql, whole }).toEqual({ sql, whole: [] })
    }
  })

  it('of the ranking reads it in its own order', async () => {
    asked.length = 0
    await reader.ranking({ ...key, term: 'other' }, 100)
    const [{ sql, parameters } = { sql: '', parameters: [] }] = asked
    const [score] = await explain(sql, parameters)
    expect(score).toMatchObject({
      key: 'author_score_influence',
      Extra: expect.not.stringContaining('filesort'),
    })
  })
})

describe('a reader', () => {
  it('finds the slots that are published, the newest first, and none that failed', async () => {
    const found = await reader.publishedSlots({ limit: 100 })
    expect(found).toHaveLength(17)
    expect(found[0]).toMatchObject({ slot_end: LAST_SLOT, window_hours: 168, observations: 412_345 })
    expect(
      (await reader.publishedSlots({ slotEnd: LAST_SLOT, limit: 9 })).map((run) => run.window_hours),
    ).toEqual([168, 24])
    expect(await reader.terms(key)).toEqual(['climate summit', 'other', 'world cup 2026'])
    expect(await reader.terms({ slotEnd: slotBefore(99), windowHours: 24 })).toEqual([])
  })

  it('ranks by influence, equals by their ids', async () => {
    const ranking = await reader.ranking({ ...key, term: 'other' }, 1_000)
    const sorted = ranking.toSorted(
      (one, two) => (two.influence ?? 0) - (one.influence ?? 0) || (one.author_id < two.author_id ? -1 : 1),
    )
    expect(ranking).toEqual(sorted)
  })

  it('selects authors as the dashboard does in memory, in the same order', async () => {
    const ranking = await new Snapshots(reader).ranked(await reader.ranking(key, 1_000))
    const ids = (address: Readonly<Record<string, string>>): readonly string[] =>
      selected(ranking, influencersQuery.parse(address)).map(({ author_id }) => author_id)
    const methods = ['explicit', 'follows', 'expected', 'none'] as const
    const moods = ['positive', 'neutral', 'negative', 'unknown'] as const
    const all = { sort: 'influence', order: 'desc', limit: 1_000 } as const
    for (const method of methods)
      expect(await reader.selection(key, { ...all, method })).toEqual(ids({ method }))
    for (const mood of moods) expect(await reader.selection(key, { ...all, mood })).toEqual(ids({ mood }))
    for (const country of ['GB', 'BR', 'unknown', 'MT'])
      expect(await reader.selection(key, { ...all, country })).toEqual(ids({ country }))
    for (const language of ['en', 'ja', 'unknown'])
      expect(await reader.selection(key, { ...all, language })).toEqual(ids({ language }))
    for (const sort of SORTS)
      for (const order of ['asc', 'desc'] as const)
        expect(await reader.selection(key, { ...all, sort, order })).toEqual(ids({ sort, order }))
    const query = { language: 'unknown', method: 'expected', sort: 'followers', order: 'asc' } as const
    expect(await reader.selection(key, { ...query, leastFollowers: 1_000, limit: 3 })).toEqual(
      ids({ ...query, followers: '1000' }).slice(0, 3),
    )
    expect(await reader.selection(key, { ...all, ids: [other, 'nobody', author] })).toEqual(
      ids({}).filter((id) => id === author || id === other),
    )
  })

  it('tells what was deleted last, and whether something still is to be', async () => {
    expect(await reader.deletions()).toEqual({ doneAt: null, isPending: false })
    const deletion = { kind: 'author', reason: 'request', requested_at: LAST_SLOT }
    await scratch.database.insert('deletion', [
      { ...deletion, subject_hash: 'a'.repeat(64), done_at: LAST_SLOT },
    ])
    expect(await reader.deletions()).toEqual({ doneAt: LAST_SLOT, isPending: false })
    await scratch.database.insert('deletion', [{ ...deletion, subject_hash: 'b'.repeat(64) }])
    expect(await reader.deletions()).toEqual({ doneAt: LAST_SLOT, isPending: true })
  })

  it('adds up what is known by the way in which depth was found out', async () => {
    const figures = await reader.methodFigures(key)
    expect(figures.map(({ depth_method, authors }) => [depth_method, authors])).toEqual([
      ['expected', 66],
      ['explicit', 22],
      ['follows', 21],
      ['none', 21],
    ])
    expect(figures.reduce((sum, { with_followers }) => sum + with_followers, 0)).toBe(130 - 14)
  })

  it('finds authors by the beginning of a name, without case and accents, and by id', async () => {
    const named = await reader.scores(key, await reader.findAuthorIds({ text: 'LUCIA', limit: 50 }))
    expect(named.length).toBeGreaterThan(5)
    expect(named.every(({ name }) => name?.startsWith('Lucía '))).toBe(true)
    expect(await reader.findAuthorIds({ text: author, limit: 50 })).toEqual([author])
    expect(await reader.findAuthorIds({ text: '%', limit: 50 })).toEqual([])
    expect((await reader.findAuthorIds({ text: 'stranger1', limit: 5 })).length).toBeLessThanOrEqual(10)
  })

  it('knows the countries of places, and leaves out what is nowhere', async () => {
    expect(await reader.countriesOfLocations(['London', 'the moon', 'Atlantis'])).toEqual(
      new Map([['London', 'GB']]),
    )
  })

  it('only selects, as a user may be granted no more', () => {
    expect(everything.length).toBeGreaterThan(30)
    expect(everything.filter(({ sql }) => !sql.trimStart().startsWith('select '))).toEqual([])
    expect(everything.filter(({ sql }) => /for update|into outfile/i.test(sql))).toEqual([])
  })
})
