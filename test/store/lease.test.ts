import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'
import { countsOf, stagedScore } from './staged-rows.ts'

let scratch: ScratchStore
beforeAll(async () => {
  scratch = await scratchStore()
})
afterAll(async () => scratch[Symbol.asyncDispose]())

const open = (holder: string, ttlSeconds = 20) => scratch.store.openLedger({ holder, ttlSeconds })
const slot = { slotEnd: new Date('2026-01-02T03:15:00Z'), windowHours: 24, kernel: 'calibrated' }
const source = { inputs: ['/raw'] }

describe('the lease', () => {
  it('has a higher fence each time it is taken', async () => {
    const fences: bigint[] = []
    for (const holder of ['a', 'b', 'c']) {
      await using ledger = await open(holder)
      fences.push(ledger.fence)
    }
    expect(fences).toEqual([1n, 2n, 3n].map((step) => (fences[0] ?? 0n) + step - 1n))
  })

  it('is refused, by name, as soon as its holder is seen to live', async () => {
    await using holder = await open('ann, process 1', 2)
    await expect(open('bob')).rejects.toMatchObject({
      code: 'held',
      message: expect.stringContaining('ann, process 1'),
    })
    expect(holder.signal.aborted).toBe(false)
  })

  it('is had by one of many who ask at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, async (_, runner) => {
        await using ledger = await open(`runner ${runner}`, 1)
        await sleep(2_000) // longer than the others wait
        return ledger.fence
      }),
    )
    const winners = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(winners).toHaveLength(1)
  })

  it('passes to another when its holder is silent, whose publication is then refused', async () => {
    await using silent = await open('paused', 1_000)
    const run = await silent.beginSlot(slot, source, 1)
    const rows = [stagedScore(run)]
    await scratch.database.insert('author_score_staging', rows)
    // As if its time were over, and the renewal has not come.
    await scratch.database.run('update lease set expires_at = utc_timestamp(6)')
    await using next = await open('awake')
    expect(next.fence).toBeGreaterThan(silent.fence)
    await expect(silent.publish(run, countsOf({ author_score: rows }))).rejects.toMatchObject({
      code: 'held',
    })
    await expect(silent.freeze(source, undefined, [])).rejects.toMatchObject({ code: 'held' })
    expect(await scratch.database.rows('select * from author_score')).toEqual([])
  })

  it('is waited for where its holder died, by a clock that does not jump', async () => {
    const dead = await open('dead', 0.5)
    await dead[Symbol.asyncDispose]()
    // The database's clock was an hour ahead when it was last renewed.
    await scratch.database.run('update lease set expires_at = utc_timestamp(6) + interval 1 hour')
    await using next = await open('next')
    expect(next.fence).toBe(dead.fence + 1n)
  })

  it('tells its holder when it is lost', async () => {
    await using ledger = await open('first', 1)
    await scratch.database.run(`update lease set fence = fence + 1, holder = 'thief'`)
    for (let tries = 0; tries < 100 && !ledger.signal.aborted; tries++) await sleep(50)
    expect(ledger.signal.reason).toMatchObject({ code: 'held' })
  })
})

describe('a run that was killed', () => {
  it('leaves staging that the next one sweeps, and a slot that is failed', async () => {
    const { database } = scratch
    let fence = 0n
    {
      await using killed = await open('killed')
      const run = await killed.beginSlot(slot, source, 1)
      fence = run.fence
      await database.insert('author_score_staging', [stagedScore(run)])
    }
    await using next = await open('next')
    await next.beginSlot({ ...slot, windowHours: 168 }, source, 1)
    const states = await database.rows(`select state from slot_run where fence = ${fence}`)
    expect(states).toEqual([{ state: 'failed' }])
    expect(await database.rows('select fence from author_score_staging')).toEqual([])
  })
})
