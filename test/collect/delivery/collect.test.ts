import { once } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import { collect } from '../../../src/collect/collect.ts'
import { systemClock } from '../../../src/collect/clock.ts'
import { deliver } from '../../../src/collect/delivery/deliver.ts'
import { newCounts } from '../../../src/collect/delivery/counts.ts'
import type { Source } from '../../../src/collect/source.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { collectOptions } from './collect-options.ts'
import { idsOf, inventedSource } from './invented-source.ts'
import { openLocalStream } from './local-stream.ts'

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const sorted = (ids: readonly number[]): readonly number[] => ids.toSorted((left, right) => left - right)

describe('a collector', () => {
  it('brings every record once, and each cascade in its order', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'plain' })
    const counts = await collect(
      collectOptions(stream, folder.path, { source: inventedSource({ records: 10_000 }) }),
    )
    const ids = idsOf(await stream.arrived())
    expect(counts).toEqual({
      received: 10_000,
      matched: 10_000,
      sent: 10_000,
      retried: 0,
      spooled: 0,
      refused: 0,
      dropped: 0,
      lagSeconds: 0,
    })
    expect(sorted(ids)).toEqual(upTo(10_000))
    for (let root = 0; root < 10; root++) {
      const ofRoot = ids.filter((id) => id % 10 === root)
      expect(ofRoot).toEqual(sorted(ofRoot))
    }
  })

  it('gives each record a line end where the stream does not', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'no-line-ends', endsLines: false })
    await collect(collectOptions(stream, folder.path, { source: inventedSource({ records: 300 }) }))
    expect(sorted(idsOf(await stream.arrived()))).toEqual(upTo(300))
  })

  it('begins a source anew that came to its end, and goes on with one that was left', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'positions' })
    const options = collectOptions(stream, folder.path, { source: inventedSource({ records: 100 }) })
    expect((await collect({ ...options, mostPosts: 40 })).matched).toBe(40)
    expect((await collect({ ...options, sourceName: 'another', mostPosts: 10 })).matched).toBe(10)
    expect((await collect(options)).matched).toBe(60)
    expect((await collect(options)).matched).toBe(100)
  })

  it('sends what waits when it is ended, also in the middle of a long pause', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'ended' })
    const ended = new AbortController()
    const counts = newCounts()
    // Here nobody wakes by the time.
    const sleep = async (_ms: number, signal: AbortSignal): Promise<void> => {
      if (counts.retried > 0 && !ended.signal.aborted) {
        stream.local.inject({})
        ended.abort()
      }
      if (!signal.aborted) await once(signal, 'abort')
    }
    const source: Source = async function* (options) {
      yield* inventedSource({ records: 4_000 })(options)
      if (!options.signal.aborted) await once(options.signal, 'abort')
    }
    const options = collectOptions(stream, folder.path, { source, counts, signal: ended.signal })
    const running = collect({ ...options, clock: { now: Date.now, sleep } })
    stream.local.inject({ isDown: true })
    const { matched } = await running
    expect(matched).toBeGreaterThan(500)
    expect(counts).toMatchObject({ sent: matched, spooled: 0, dropped: 0 })
  })

  it('lets nobody else collect into its folder', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'locked' })
    const ended = new AbortController()
    const waiting: Source = async function* ({ signal }) {
      if (!signal.aborted) await once(signal, 'abort')
      yield* []
    }
    const options = collectOptions(stream, folder.path, { source: waiting, signal: ended.signal })
    const first = collect(options)
    const second = collect(options)
    await expect(Promise.race([first, second])).rejects.toMatchObject({ code: 'locked' })
    ended.abort()
    await Promise.allSettled([first, second])
  })

  it('ends when its spool cannot be read, and delivers what it has read', async () => {
    await using stream = await openLocalStream({ name: 'unreadable' })
    const counts = { ...newCounts(), spooled: 1 }
    const start = { offset: 0, records: 0 }
    const record = { data: Buffer.from('{"id":7}'), lane: 0, sinceMs: 0, place: start }
    const blocks = [[record]]
    const next = async () => {
      const block = blocks.pop()
      if (block === undefined) throw new Error('EIO: i/o error, read')
      return block
    }
    const { signal } = new AbortController()
    const place = {
      firehose: stream.firehose,
      stream: stream.name,
      clock: systemClock,
      signal,
      hurry: signal,
    }
    const told = { onSent: () => {}, onTrouble: () => {}, random: Math.random }
    const reader = { next, place: start }
    const { done } = deliver({ ...place, ...told, reader, backlogEnd: 0, counts })
    await expect(done).rejects.toThrow('EIO')
    expect(counts).toMatchObject({ sent: 1, spooled: 0 })
    expect(idsOf(await stream.arrived())).toEqual([7])
  })
})
