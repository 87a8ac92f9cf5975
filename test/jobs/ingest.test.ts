import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { compact } from '../../src/jobs/compact.ts'
import { forget } from '../../src/jobs/forget.ts'
import { ingest, type SourceSilver } from '../../src/jobs/ingest.ts'
import { pruneLake } from '../../src/jobs/prune-lake.ts'
import { underLease } from '../../src/jobs/under-lease.ts'
import type { Ledger } from '../../src/store/ledger.ts'
import type { ScratchStore } from '../store/scratch-store.ts'
import { scratchStore } from '../store/scratch-store.ts'
import { countsOf } from '../store/staged-rows.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'

let bench: TransformBench
let scratch: ScratchStore
let folder: string
beforeAll(async () => {
  ;[bench, scratch] = await Promise.all([transformBench(), scratchStore()])
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-ingest-'))
  await mkdir(join(folder, 'raw'))
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const raw = (name: string): string => join(folder, 'raw', name)
const lake = (): string => join(folder, 'lake')
const source = () => ({ inputs: [join(folder, 'raw')], term: 'tests' })
const openS3 = () => Promise.reject(new Error('nothing lies on S3'))
const slotEnd = new Date('2018-12-09T22:15:00Z')

/** A retweet of one root. */
const retweet = (id: number, user: string): string =>
  JSON.stringify({
    status_id: String(id),
    status_created_at: 'Sun Dec 09 22:01:30 +0000 2018',
    status_user_id: user,
    rt_status_id: '1',
    rt_status_created_at: 'Sun Dec 09 22:00:30 +0000 2018',
    rt_status_user_id: '77',
  })

const put = (name: string, ...lines: readonly string[]) => writeFile(raw(name), lines.join('\n'))

const ingestUnder = (ledger: Ledger, slot?: Date): Promise<SourceSilver> =>
  ingest({ spark: bench.spark, ledger, lake: lake(), source: source(), slotEnd: slot, openS3 })

const ingestNew = (): Promise<readonly string[]> =>
  underLease(scratch, async (ledger) => idsOf(await ingestUnder(ledger)))

const idsOf = async ({ records }: Pick<SourceSilver, 'records'>): Promise<readonly string[]> =>
  (await records.select('tweet_id', 'author_id').collect())
    .map(({ tweet_id, author_id }) => `${tweet_id} ${author_id}`)
    .toSorted()

const objects = () =>
  scratch.database.rows('select object_key, is_gone from batch_object order by object_key, etag')
const folders = async () => (await readdir(join(lake(), 'silver'))).length

// One story of one source: each step rests on those before it, as the runs of slots do.
describe('the objects of a source', () => {
  it('come to silver once, with what cannot be read', async () => {
    await put('a', retweet(2, 'ann'), '{"cut":')
    await put('{b}*', retweet(3, 'bob')) // no pattern
    await put('_hidden', retweet(4, 'nobody'))
    await put('empty')
    const found = await underLease(scratch, async (ledger) => {
      const silver = await ingestUnder(ledger)
      return { ...silver, ids: await idsOf(silver) }
    })
    expect(found).toMatchObject({ usable: 2, rejected: 1, batchSeq: 1 })
    expect(found.newRejections).toMatchObject([{ count: 1 }])
    expect(found.ids).toEqual(['2 ann', '3 bob', 'null null'])
    expect(await objects()).toHaveLength(2)
  })

  it('are read again when they are overwritten, and are not when they are not', async () => {
    await put('late', retweet(5, 'cid'))
    expect(await ingestNew()).toEqual(['2 ann', '3 bob', '5 cid', 'null null'])
    await put('late', retweet(5, 'cid'), retweet(6, 'dan'))
    expect(await ingestNew()).toEqual(['2 ann', '3 bob', '5 cid', '5 cid', '6 dan', 'null null'])
    expect(await folders()).toBe(3)
    await ingestNew()
    expect(await folders()).toBe(3)
  })

  it('that a run listed and did not read are read by the next, without those that are gone', async () => {
    await put('left', retweet(7, 'eve'))
    await put('gone', retweet(8, 'nobody'))
    await put('later', retweet(9, 'fay'))
    await underLease(scratch, async (ledger) => {
      const listed = await Promise.all(
        ['left', 'gone'].map(async (name) => {
          const { size, mtimeMs } = await stat(raw(name))
          return { bucket: '', key: raw(name), etag: `${size}-${mtimeMs}`, bytes: size }
        }),
      )
      await ledger.freeze(source(), slotEnd, listed)
    })
    await rm(raw('gone'))
    const ids = await underLease(scratch, async (ledger) => idsOf(await ingestUnder(ledger, slotEnd)))
    expect(ids).toContain('7 eve')
    expect(ids).not.toContain('9 fay') // the slot's list was frozen before it came
    expect((await objects()).filter(({ is_gone }) => is_gone === '1')).toEqual([
      { object_key: raw('gone'), is_gone: '1' },
    ])
    expect(await ingestNew()).toContain('9 fay')
  })
})

describe('silver', () => {
  it('is merged where a slot with it is published, and holds the same', async () => {
    const merge = () => compact({ spark: bench.spark, store: scratch.store, lake: lake() })
    expect(await merge()).toEqual({ folders: 0, into: 0, records: 0 })
    const before = await ingestNew()
    await underLease(scratch, async (ledger) => {
      const { lastSeq } = await ledger.state(source())
      const slot = { slotEnd, windowHours: 24, kernel: 'calibrated' }
      await ledger.publish(await ledger.beginSlot(slot, source(), lastSeq), countsOf({}))
    })
    expect(await merge()).toEqual({ folders: 5, into: 1, records: 7 })
    expect(await ingestNew()).toEqual(before.filter((id) => id !== 'null null'))
  })

  it('forgets an author at once, and whenever they come again', async () => {
    const subjects = [{ kind: 'author', id: 'cid' }] as const
    const job = { spark: bench.spark, store: scratch.store, lake: lake(), openS3 }
    const report = await forget({ ...job, subjects, areEventsHonoured: false })
    expect(report).toMatchObject({ silverRecords: 2, silverFolders: 1, found: 0 })
    expect(report.rawObjects).toEqual([expect.stringContaining('/raw/late')])
    expect(await folders()).toBe(1) // what held them is removed, not only replaced
    await put('again', retweet(10, 'cid'), retweet(11, 'gil'))
    const ids = await ingestNew()
    expect(ids.filter((id) => id.endsWith('cid'))).toEqual([])
    expect(ids).toContain('11 gil')
    const kept = await scratch.database.rows('select * from deletion')
    expect(kept).toMatchObject([{ kind: 'author', reason: 'request', done_at: expect.any(String) }])
    expect(JSON.stringify(kept)).not.toContain('cid')
  })

  it('forgets a tweet with all that spreads it', async () => {
    const subjects = [{ kind: 'tweet', id: '1' }] as const
    const job = { spark: bench.spark, store: scratch.store, lake: lake(), openS3 }
    expect(await forget({ ...job, subjects, areEventsHonoured: false })).toMatchObject({ found: 0 })
    expect(await ingestNew()).toEqual([])
  })

  it('is pruned of what no manifest names', async () => {
    await mkdir(join(lake(), 'silver', 'orphan'))
    const day = 24 * 60 * 60 * 1_000
    const prune = (now: number) =>
      pruneLake({ store: scratch.store, lake: lake(), openS3, now: () => new Date(now) })
    expect(await prune(Date.now())).toMatchObject({ orphans: 0 }) // a run may be writing it
    expect(await prune(Date.now() + 2 * day)).toMatchObject({ orphans: 1, expired: 0 })
    expect(await folders()).toBeGreaterThan(0)
  })
})
