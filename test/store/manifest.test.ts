import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import type { Ledger } from '../../src/store/ledger.ts'
import { sourceIdOf, type RawObject } from '../../src/store/manifest.ts'
import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'
import { countsOf } from './staged-rows.ts'

let scratch: ScratchStore
let ledger: Ledger
let runs = 0
beforeAll(async () => {
  scratch = await scratchStore()
  ledger = await scratch.store.openLedger({ holder: 'the test' })
})
afterAll(async () => {
  await ledger[Symbol.asyncDispose]()
  await scratch[Symbol.asyncDispose]()
})

/** A source of its own for each test. */
let source: { readonly inputs: readonly string[]; readonly term?: string }
beforeEach(() => {
  runs += 1
  source = { inputs: [`s3://raw/${runs}`] }
})

const object = (key: string, etag = 'e1', bytes = 10): RawObject => ({ bucket: 'raw', key, etag, bytes })
const slotEnd = new Date('2026-01-02T03:15:00Z')
const folder = {
  path: '/lake/silver/1',
  usable: 5,
  rejected: 2,
  deletions: 0,
  holds: { parents: false, likes: true, follows: false },
  oldest: new Date('2026-01-01T00:00:00Z'),
  newest: new Date('2026-01-02T00:00:00Z'),
}

describe('a source', () => {
  it('is the same in another order of its inputs, and another one with another term', () => {
    expect(sourceIdOf({ inputs: ['a', 'b'] })).toBe(sourceIdOf({ inputs: ['b', 'a', 'b'] }))
    expect(sourceIdOf({ inputs: ['a'], term: 'x' })).not.toBe(sourceIdOf({ inputs: ['a'] }))
    expect(sourceIdOf({ inputs: ['a', 'b'] })).not.toBe(sourceIdOf({ inputs: ['ab'] }))
  })
})

describe('the manifest', () => {
  it('holds each object once, by bucket, key and etag, for each source', async () => {
    const listed = [object('a'), object('b')]
    await ledger.freeze(source, slotEnd, listed)
    expect(await ledger.newObjects(source, listed)).toEqual([])
    const changed = [object('a', 'e2'), { ...object('b'), bucket: 'other' }, object('c')]
    expect(await ledger.newObjects(source, [...listed, ...changed])).toEqual(changed)
    expect(await ledger.newObjects({ inputs: ['elsewhere'] }, listed)).toEqual(listed)
  })

  it('holds a list of thousands whole', async () => {
    const many = Array.from({ length: 2_500 }, (_, i) => object(`many/${String(i).padStart(5, '0')}`))
    await ledger.freeze(source, undefined, many)
    expect((await ledger.frozen(source))[0]?.objects).toEqual(many)
    expect(await ledger.newObjects(source, [...many, object('new')])).toEqual([object('new')])
  })

  it('refuses an object that another batch of the source holds', async () => {
    await ledger.freeze(source, slotEnd, [object('a')])
    await expect(ledger.freeze(source, slotEnd, [object('b'), object('a')])).rejects.toMatchObject({
      code: 'invalid_row',
    })
    expect(await ledger.newObjects(source, [object('b')])).toEqual([object('b')])
  })

  it('keeps a list that a run left behind, without what is gone', async () => {
    const batch = await ledger.freeze(source, slotEnd, [object('a'), object('b')])
    expect(await ledger.hasPending(source, slotEnd)).toBe(true)
    await ledger.markGone(source, [object('a')])
    expect(await ledger.frozen(source)).toEqual([{ ...batch, objects: [object('b')] }])
  })

  it('names a folder of silver once, and its batch no longer as frozen', async () => {
    const batch = await ledger.freeze(source, slotEnd, [object('a')])
    await ledger.recordSilver(source, batch, folder)
    await ledger.recordSilver(source, batch, { ...folder, path: '/lake/silver/twice' })
    expect(await ledger.frozen(source)).toEqual([])
    expect(await ledger.silver(source)).toEqual([
      { silverId: expect.any(String), firstSeq: 1, lastSeq: 1, ...folder },
    ])
    expect(await ledger.state(source)).toEqual({
      lastSeq: 1,
      rejected: 2,
      unpublished: [{ batchId: batch.batchId, seq: 1, rejected: 2 }],
    })
  })

  it('has no pending batch once a slot with it is published', async () => {
    const first = await ledger.freeze(source, slotEnd, [object('a')])
    await ledger.recordSilver(source, first, folder)
    await ledger.freeze(source, slotEnd, [object('b')])
    const run = await ledger.beginSlot({ slotEnd, windowHours: 24, kernel: 'calibrated' }, source, 1)
    await ledger.publish(run, countsOf({}))
    const { unpublished } = await ledger.state(source)
    expect(unpublished).toEqual([])
    expect(await ledger.hasPending(source, slotEnd)).toBe(true) // the second one
  })
})
