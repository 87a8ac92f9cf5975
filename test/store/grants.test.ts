import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { readerGrants, writerGrants } from '../../src/store/grants.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'
import { countsOf, stagedScore } from './staged-rows.ts'

let scratch: ScratchStore
let name: string
const users: string[] = []
beforeAll(async () => {
  scratch = await scratchStore()
  name = new URL(scratch.database.url).pathname.slice(1)
})
afterAll(async () => {
  for (const user of users) await scratch.database.run(`drop user '${user}'@'%'`)
  await scratch[Symbol.asyncDispose]()
})

/** The store as a user of one's own with these rights sees it. */
async function storeOf(kind: 'writer' | 'reader'): Promise<Store> {
  const user = `${kind}_${name}`.slice(0, 32)
  await scratch.database.run(`create user '${user}'@'%' identified by 'secret'`)
  users.push(user)
  const grants = kind === 'writer' ? writerGrants : readerGrants
  for (const statement of grants(name, { name: user, host: '%' })) await scratch.database.run(statement)
  const url = new URL(scratch.database.url)
  url.username = user
  url.password = 'secret'
  return openStore({ url: url.href })
}

const slot = { slotEnd: new Date('2026-01-02T03:15:00Z'), windowHours: 720, kernel: 'calibrated' }

describe('rights', () => {
  it('of a writer are enough to publish, and not to change a table', async () => {
    await using store = await storeOf('writer')
    expect(await store.migrate()).toEqual([])
    await using ledger = await store.openLedger({ holder: 'the test' })
    const run = await ledger.beginSlot(slot, { inputs: ['/raw'] }, 1)
    const rows = [stagedScore(run)]
    await scratch.database.insert('author_score_staging', rows)
    await ledger.publish(run, countsOf({ author_score: rows }))
    expect(await store.topAuthors({ ...slot, limit: 1 })).toHaveLength(1)
    await ledger.prune(new Date('2026-01-01T00:00:00Z'))
  })

  it('of a reader are enough to see what is published, and nothing else', async () => {
    await using store = await storeOf('reader')
    expect(await store.migrate()).toEqual([])
    expect(await store.topAuthors({ ...slot, limit: 1 })).toHaveLength(1)
    expect(await store.publishedSlot({})).toMatchObject({ windowHours: 720 })
    await expect(store.openLedger({ holder: 'the test' })).rejects.toMatchObject({ code: 'access_denied' })
    await expect(store.rememberLocations([])).resolves.toBeUndefined()
    const place = { location_hash: 'a', location: 'Turin', country: 'IT', resolver: 'test' }
    await expect(store.rememberLocations([place])).rejects.toMatchObject({ code: 'access_denied' })
  })

  it('name users and databases that hold quotes as they stand', () => {
    expect(writerGrants('a`b', { name: "o'hara", host: '10.0.%' })).toEqual([
      "grant select, insert, update, delete on `a``b`.* to 'o''hara'@'10.0.%'",
    ])
  })
})
