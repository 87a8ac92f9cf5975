import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createDashboard } from '../../src/dashboard/app.ts'
import { readAssets } from '../../src/dashboard/assets.ts'
import { openReader, type OpenReader, type Reader } from '../../src/store/reading/reader.ts'
import { openStore } from '../../src/store/store.ts'
import { TERM } from './invented-slots.ts'
import { idOf, LAST_SLOT, slotBefore } from './invented.ts'
import { inventedDatabase, START_MS, type InventedDatabase } from './running-dashboard.ts'

const LONG = 'a long term'
const AUTHORS = 10_400
const SLOT = "'2026-03-05 12:45:00'"

let invented: InventedDatabase
let reader: OpenReader
const asked: string[] = []
let nowMs = START_MS

beforeAll(async () => {
  invented = await inventedDatabase()
  // The higher the number, the lower the influence and the more followers.
  await invented.database
    .run(`insert into author_score (term, window_hours, slot_end, author_id, kernel, depth_method, tweets, retweets, retweeters, followers, influence, rank_in_term, percentile)
    select '${LONG}', 24, ${SLOT}, concat('long', seq), 'calibrated', 'none', 1, 1, 1, seq, 100 - seq / 200, seq, 50 from seq_1_to_${AUTHORS}`)
  await invented.database.run(`insert into author (author_id, name, screen_name, location, seen_at)
    select concat('long', seq), concat('Stranger ', seq), concat('stranger', seq), if(seq = ${AUTHORS}, 'Nairobi', null), now() from seq_1_to_${AUTHORS}`)
  reader = await openReader({ url: invented.database.url })
})

afterAll(async () => {
  await reader[Symbol.asyncDispose]()
  await invented[Symbol.asyncDispose]()
})

/** A reader that notes what is asked of it. */
const noting = (): Reader => {
  const entries = Object.entries(reader).map(([name, query]) => [
    name,
    (...rest: readonly never[]) => {
      asked.push(name)
      return (query as (...rest: readonly never[]) => unknown)(...rest)
    },
  ])
  return Object.fromEntries(entries) as Reader
}

type Get = (path: string) => Promise<Response>

async function dashboard(): Promise<Get> {
  const app = createDashboard({
    reader: noting(),
    assets: await readAssets(),
    nowMs: () => nowMs,
    onError: (error) => {
      throw error
    },
    signal: AbortSignal.abort(), // so that nothing is read beforehand
  })
  return async (path) => app.request(`http://localhost${path}`)
}

interface Export {
  readonly found: number
  readonly more_fit: boolean
  readonly authors: readonly { readonly author_id: string; readonly rank: number }[]
}

describe('a ranking of more authors than are kept', () => {
  let get: Get
  beforeAll(async () => {
    get = await dashboard()
  })

  const ranksOf = async (query: string): Promise<Omit<Export, 'authors'> & { ranks: readonly number[] }> => {
    const answer = await get(`/influencers.json?term=${encodeURIComponent(LONG)}&${query}`)
    const text = await answer.text()
    if (text[0] === '<') throw new Error(text.slice(text.indexOf('<main')))
    const { found, more_fit, authors } = JSON.parse(text) as Export
    return { found, more_fit, ranks: authors.slice(0, 2).map(({ rank }) => rank) }
  }

  it.each([
    ['', { found: 10_000, more_fit: true, ranks: [1, 2] }],
    ['sort=followers', { found: 10_000, more_fit: true, ranks: [AUTHORS, AUTHORS - 1] }],
    ['order=asc', { found: 10_000, more_fit: true, ranks: [AUTHORS, AUTHORS - 1] }],
    ['followers=10300', { found: 101, more_fit: false, ranks: [10_300, 10_301] }],
    ['country=KE', { found: 1, more_fit: false, ranks: [AUTHORS] }],
    ['country=MT', { found: 0, more_fit: false, ranks: [] }],
    ['search=stranger 10399', { found: 1, more_fit: false, ranks: [10_399] }],
    ['search=@STRANGER1039&followers=10395', { found: 5, more_fit: false, ranks: [10_395, 10_396] }],
    [`search=long${AUTHORS}`, { found: 1, more_fit: false, ranks: [AUTHORS] }],
    ['search=tranger 770', { found: 11, more_fit: false, ranks: [770, 7700] }],
    ['search=stranger', { found: 100, more_fit: true, ranks: [1, 2] }],
  ])('is found in all its length by %j', async (query, found) => {
    const result = await ranksOf(query)
    expect({ ...result, found: Math.min(result.found, found.found) }).toEqual(found)
  })

  it('says how much of it can be paged through', async () => {
    const text = await (await get(`/influencers?term=${encodeURIComponent(LONG)}`)).text()
    expect(text).toMatch(/of\s+10,400\s+authors <small>the first 10,000 can be paged through/)
    const sorted = await (await get(`/influencers?sort=followers&term=${encodeURIComponent(LONG)}`)).text()
    expect(sorted).toMatch(/of\s+more than 10,000\s+authors/)
    expect(await (await get(`/authors/long${AUTHORS}?term=${encodeURIComponent(LONG)}`)).text()).toMatch(
      /10,400<\/dd>\s*<dd class="note">of 10,400/,
    )
  })
})

describe('a page', () => {
  const path = `/influencers?term=${encodeURIComponent(TERM)}&search=${idOf(3)}`

  it('is made once, until something is published', async () => {
    const get = await dashboard()
    const first = await (await get(path)).text()
    expect(first).toContain(idOf(3))
    asked.length = 0
    nowMs += 600_000
    expect(await (await get(path)).text()).toBe(first)
    expect(asked.filter((name) => name !== 'publishedSlots' && name !== 'deletions')).toEqual([])
    await invented.database.run(
      `update author_score set retweets = 987654 where author_id = '${idOf(3)}' and slot_end = ${SLOT} and window_hours = 24`,
    )
    await invented.database.run(
      `update slot_run set fence = fence + 1, published_at = published_at + interval 1 second where slot_end = ${SLOT}`,
    )
    nowMs += 1_001
    expect(await (await get(path)).text()).toContain('988K')
  })

  it('forgets who is forgotten, in every slot', async () => {
    const get = await dashboard()
    const author = `/authors/${idOf(3)}?term=${encodeURIComponent(TERM)}`
    const old = `${path}&slot=${slotBefore(5).toISOString().replace('.000Z', 'Z')}&window=24h`
    for (const each of [path, old, author]) expect(await (await get(each)).text()).toContain(idOf(3))
    await using store = await openStore({ url: invented.database.url })
    await using ledger = await store.openLedger({ holder: 'the test' })
    const subjects = [{ kind: 'author', id: idOf(3) }] as const
    await ledger.addDeletions(subjects, 'request')
    await ledger.removeSubjects(subjects)
    // A run that ends here leaves the deletion open.
    nowMs += 60_000
    for (const each of [path, old])
      expect(await (await get(each)).text()).not.toContain(`value="${idOf(3)}" form`)
    expect((await get(author)).status).toBe(404)
    await ledger.markForgotten(subjects)
    nowMs += 1_001
    for (const each of [path, old]) expect(await (await get(each)).text()).toContain('No author fits')
  })

  it('of runs also shows what is not published yet', async () => {
    const get = await dashboard()
    expect(await (await get('/runs')).text()).not.toContain('running')
    await invented.database.run(
      `insert into slot_run (slot_end, window_hours, state, kernel, fence, started_at)
      values ('${slotBefore(-9).toISOString().slice(0, 19)}', 24, 'running', 'calibrated', 9, ${SLOT})`,
    )
    nowMs += 5_000
    expect(await (await get('/runs')).text()).toContain('state-running')
  })

  it('says that nothing is published for long, as soon as that is so', async () => {
    const get = await dashboard()
    nowMs = LAST_SLOT.getTime() + 20 * 60_000
    expect(await (await get('/')).text()).not.toContain('Nothing was published since')
    nowMs = LAST_SLOT.getTime() + 60 * 60_000
    expect(await (await get('/')).text()).toContain('Nothing was published since')
  })
})
