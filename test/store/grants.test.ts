import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { readerGrants, writerGrants } from '../../src/store/grants.ts'
import { openReader } from '../../src/store/reading/reader.ts'
import { openStore } from '../../src/store/store.ts'
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

/** The database's address for a user of one's own with these rights. */
async function urlOf(kind: 'writer' | 'reader'): Promise<string> {
  const user = `${kind}_${name}`.slice(0, 32)
  await scratch.database.run(`create user '${user}'@'%' identified by 'secret'`)
  users.push(user)
  const grants = kind === 'writer' ? writerGrants : readerGrants
  for (const statement of grants(name, { name: user, host: '%' })) await scratch.database.run(statement)
  const url = new URL(scratch.database.url)
  url.username = user
  url.password = 'secret'
  return url.href
}

const slot = { slotEnd: new Date('2026-01-02T03:15:00Z'), windowHours: 720, kernel: 'calibrated' }

describe('rights', () => {
  it('of a writer are enough to publish, and not to change a table', async () => {
    await using store = await openStore({ url: await urlOf('writer') })
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
    const url = await urlOf('reader')
    await using store = await openStore({ url })
    expect(await store.migrate()).toEqual([])
    expect(await store.topAuthors({ ...slot, limit: 1 })).toHaveLength(1)
    expect(await store.publishedSlot({})).toMatchObject({ windowHours: 720 })
    await using reader = await openReader({ url })
    const key = { term: 'storm', windowHours: 720, slotEnd: slot.slotEnd }
    expect(await reader.terms(key)).toEqual(['storm'])
    expect(await reader.ranking(key, 10)).toHaveLength(1)
    expect(await reader.countriesOfLocations(['Turin'])).toEqual(new Map())
    expect(await reader.rejections([slot.slotEnd])).toEqual([])
    await expect(store.openLedger({ holder: 'the test' })).rejects.toMatchObject({ code: 'access_denied' })
    const place = { location_hash: 'a', location: 'Turin', country: 'IT', resolver: 'test' }
    await expect(store.rememberLocations([place])).rejects.toMatchObject({ code: 'access_denied' })
  })

  it('name users and databases that hold quotes as they stand', () => {
    const [rows, staging] = writerGrants('a`b', { name: "o'hara", host: '10.0.%' })
    expect(rows).toBe("grant select, insert, update, delete on `a``b`.* to 'o''hara'@'10.0.%'")
    expect(staging).toBe("grant drop on `a``b`.`author_score_staging` to 'o''hara'@'10.0.%'")
  })
})
