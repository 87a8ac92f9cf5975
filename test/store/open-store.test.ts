import { createServer } from 'node:net'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { StoreError } from '../../src/store/store-error.ts'
import { openStore } from '../../src/store/store.ts'
import type { ScratchDatabase } from './scratch-database.ts'
import { scratchDatabase } from './scratch-database.ts'

const MIGRATIONS = [
  '0001-scores',
  '0002-non-primary-interval',
  '0003-influence',
  '0004-ledger',
  '0010-dashboard-indexes',
  '0011-author-language',
  '0012-deletion-done',
  '0013-fewer-indexes',
]

let database: ScratchDatabase

beforeAll(async () => {
  database = await scratchDatabase()
})

afterAll(async () => {
  await database[Symbol.asyncDispose]()
})

async function failureOf(url: string): Promise<StoreError> {
  const outcome = await openStore({ url }).catch((error: unknown) => error)
  if (outcome instanceof StoreError) return outcome
  throw new Error('openStore did not fail with a StoreError')
}

/** The scratch database's URL with some of its parts replaced. */
function changedUrl(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

describe('migrating', () => {
  it('creates the tables once and does nothing the second time', async () => {
    await using store = await openStore({ url: database.url })
    expect(await store.migrate()).toEqual(MIGRATIONS)
    const tables = await database.rows('show tables')
    expect(await store.migrate()).toEqual([])
    expect(await database.rows('show tables')).toEqual(tables)
    expect(tables.length).toBeGreaterThanOrEqual(7)
  })

  it('finishes a migration that was cut short', async () => {
    await using fresh = await scratchDatabase()
    await using store = await openStore({ url: fresh.url })
    await store.migrate()
    await fresh.run('drop table slot_run')
    await fresh.run(
      'alter table author_score_staging drop column non_primary_low, drop column non_primary_high',
    )
    await fresh.run('drop table silver')
    await fresh.run('delete from kysely_migration')
    expect(await store.migrate()).toEqual(MIGRATIONS)
    expect(await fresh.rows('select * from slot_run')).toEqual([])
    expect(await fresh.rows('select non_primary_high from author_score_staging')).toEqual([])
  })

  it('is asked for when the tables are missing', async () => {
    await using fresh = await scratchDatabase()
    await using store = await openStore({ url: fresh.url })
    const slot = { slotEnd: new Date('2026-01-02T03:15:00Z'), windowHours: 24, kernel: 'calibrated' }
    await expect(store.topAuthors({ ...slot, limit: 1 })).rejects.toMatchObject({
      code: 'not_migrated',
      message: expect.stringContaining('ripplerank store migrate'),
    })
  })

  it('refuses a slot that is not a quarter hour', async () => {
    await using store = await openStore({ url: database.url })
    await store.migrate()
    await using ledger = await store.openLedger({ holder: 'the test' })
    const slot = { slotEnd: new Date('2026-01-02T03:14:00Z'), windowHours: 24, kernel: 'calibrated' }
    await expect(ledger.beginSlot(slot, { inputs: ['/raw'] }, 1)).rejects.toMatchObject({
      code: 'invalid_row',
      message: expect.stringContaining('slot_end'),
    })
  })
})

describe('a database that cannot be opened', () => {
  it('fails at once on a wrong password, and never says the password', async () => {
    const begunMs = performance.now()
    const error = await failureOf(changedUrl((url) => (url.password = 'not-the-password')))
    expect(error).toMatchObject({ code: 'access_denied', isTransient: false })
    expect(error.message).toContain('correct user and password in DATABASE_URL')
    expect(`${error.message} ${String(error.cause)}`).not.toContain('not-the-password')
    expect(performance.now() - begunMs).toBeLessThan(2_000)
  })

  it('is unreachable where nobody listens, after a few tries', async () => {
    const error = await failureOf('mysql://me:secret@127.0.0.1:1/ripplerank')
    expect(error).toMatchObject({ code: 'unreachable', isTransient: true })
    expect(error.message).toContain('no database answers at 127.0.0.1:1/ripplerank')
  })

  it('is unreachable where somebody listens and never speaks', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const begunMs = performance.now()
    const error = await failureOf(`mysql://me:secret@127.0.0.1:${port}/ripplerank`)
    expect(error.code).toBe('unreachable')
    expect(performance.now() - begunMs).toBeLessThan(9_000)
    await new Promise((resolve) => silent.close(resolve))
  })

  it('is unknown when the server has none of that name', async () => {
    const error = await failureOf(changedUrl((url) => (url.pathname = '/nowhere')))
    expect(['unknown_database', 'access_denied']).toContain(error.code)
    expect(error.message).toContain('nowhere')
  })

  it('is insecure when TLS is demanded and the server has none', async () => {
    const error = await failureOf(changedUrl((url) => url.searchParams.set('ssl-mode', 'REQUIRED')))
    expect(error.code).toBe('insecure')
  })

  it('is not waited for once the caller has stopped', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(openStore({ url: database.url, signal })).rejects.toThrow('stopped')
  })

  it('is not tried any longer when the caller stops', async () => {
    const begunMs = performance.now()
    const opening = openStore({ url: 'mysql://me:secret@127.0.0.1:1/db', signal: AbortSignal.timeout(300) })
    await expect(opening).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(performance.now() - begunMs).toBeLessThan(1_500)
  })
})

describe('a server without TLS', () => {
  it('is used all the same when TLS is only preferred', async () => {
    await using store = await openStore({
      url: changedUrl((url) => url.searchParams.set('ssl-mode', 'PREFERRED')),
    })
    await expect(store.migrate()).resolves.toBeDefined()
  })
})
