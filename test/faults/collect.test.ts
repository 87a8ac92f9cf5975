import { readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { collect, type CollectEvent } from '../../src/collect/collect.ts'
import { newCounts, type CollectCounts } from '../../src/collect/delivery/counts.ts'
import { seededRandom } from '../../src/collect/random.ts'
import { systemClock } from '../../src/local/clock.ts'
import { collectOptions } from '../collect/delivery/collect-options.ts'
import { idsOf, inventedSource } from '../collect/delivery/invented-source.ts'
import { openLocalStream, type LocalStream } from '../collect/delivery/local-stream.ts'
import { virtualClock } from '../collect/delivery/virtual-clock.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { compareIds, faultTable, upTo } from './fault-table.ts'

const table = faultTable()
afterAll(table.print)

/** Counts what was lost on the way to S3, and enters it into the table. */
async function outcome(
  fault: string,
  {
    stream,
    records,
    counts,
  }: { readonly stream: LocalStream; readonly records: number; readonly counts: CollectCounts },
) {
  const compared = compareIds(idsOf(await stream.arrived()), upTo(records))
  table.add({ fault, runs: 1, records, ...compared })
  return { ...compared, dropped: counts.dropped, spooled: counts.spooled }
}

const NOTHING_LOST = { lost: 0, repeated: 0, dropped: 0, spooled: 0 }

describe('no record is lost when', () => {
  it('30 % of the records of each batch fail', async () => {
    const records = 20_000
    const { unit: random } = seededRandom(7)
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'failing', faults: { failingShare: 0.3 }, random })
    const source = inventedSource({ records })
    const clock = virtualClock()
    const counts = await collect(collectOptions(stream, folder.path, { source, clock, random }))
    expect(counts.retried).toBeGreaterThan(records * 0.3)
    expect(await outcome('30 % of a batch fail', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('Firehose throttles for a minute', async () => {
    const records = 5_000
    const clock = virtualClock()
    const from = clock.now()
    const faults = { throttledMs: { from, to: from + 60_000 } }
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({
      name: 'throttled',
      faults,
      clock: { ...systemClock, nowMs: clock.now },
    })
    const events: CollectEvent[] = []
    const onEvent = (event: CollectEvent): void => void events.push(event)
    const counts = await collect(
      collectOptions(stream, folder.path, { source: inventedSource({ records }), clock, onEvent }),
    )
    expect(events).toEqual([
      { kind: 'not delivered', because: 'ServiceUnavailableException: Slow down.' },
      { kind: 'not delivered', because: null },
    ])
    expect(await outcome('throttled for a minute', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('Firehose is down for a while', async () => {
    const records = 5_000
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'down' })
    const counts = newCounts()
    const before = async (index: number): Promise<void> => {
      if (index === 1_000) stream.local.inject({ isDown: true })
      if (index !== 4_000) return
      // The source is not held back meanwhile.
      expect(counts.spooled).toBeGreaterThan(2_000)
      stream.local.inject({})
    }
    await collect(
      collectOptions(stream, folder.path, {
        source: inventedSource({ records, before }),
        clock: virtualClock(),
        counts,
      }),
    )
    expect(await outcome('Firehose down', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('Firehose is down until the collector is ended and another takes up its spool', async () => {
    const records = 3_000
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'down-at-end' })
    stream.local.inject({ isDown: true })
    const options = collectOptions(stream, folder.path, {
      source: inventedSource({ records }),
      clock: virtualClock(),
    })
    const ended = new AbortController()
    const before = (index: number): void => void (index === 2_000 && ended.abort())
    const first = await collect({
      ...options,
      source: inventedSource({ records, before }),
      signal: ended.signal,
    })
    expect(first).toMatchObject({ sent: 0, spooled: first.matched, dropped: 0 })
    stream.local.inject({})
    const counts = await collect(options)
    expect(first.matched + counts.matched).toBe(records)
    expect(counts.sent).toBe(records)
    expect(await outcome('Firehose down, restart', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('the source breaks off and is collected again', async () => {
    const records = 3_000
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'broken-source' })
    const before = (index: number): void => {
      if (index === 1_234) throw new Error('connection reset')
    }
    const options = collectOptions(stream, folder.path, { source: inventedSource({ records, before }) })
    await expect(collect(options)).rejects.toThrow('connection reset')
    const counts = await collect({ ...options, source: inventedSource({ records }) })
    expect(counts.matched).toBe(records - 1_234)
    expect(await outcome('source breaks off', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('the disk is full for a while', async () => {
    const records = 5_000
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'disk-full' })
    const events: CollectEvent[] = []
    let writes = 0
    // Some bytes of each write still fit, as they do on a real disk.
    const writeAt = async (file: FileHandle, bytes: Uint8Array, at: number): Promise<number> => {
      writes += 1
      if (writes < 3 || writes > 12) return (await file.write(bytes, 0, bytes.length, at)).bytesWritten
      await file.write(bytes, 0, Math.floor(bytes.length / 3), at)
      throw new Error('ENOSPC: no space left on device, write')
    }
    const counts = await collect(
      collectOptions(stream, folder.path, {
        source: inventedSource({ records }),
        clock: virtualClock(),
        writeAt,
        onEvent: (event) => void events.push(event),
      }),
    )
    expect(events.at(0)).toEqual({ kind: 'not spooled', because: 'ENOSPC: no space left on device, write' })
    expect(events.at(-1)).toEqual({ kind: 'not spooled', because: null })
    expect(await outcome('disk full', { stream, records, counts })).toEqual(NOTHING_LOST)
  })

  it('the spool holds as much as it may', async () => {
    const records = 20_000
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'spool-full' })
    stream.local.inject({ isDown: true })
    const events: CollectEvent[] = []
    const onEvent = (event: CollectEvent): void => {
      events.push(event)
      if (event.kind === 'held back') stream.local.inject({})
    }
    const counts = await collect(
      collectOptions(stream, folder.path, {
        source: inventedSource({ records }),
        clock: virtualClock(),
        mostSpooledBytes: 500_000,
        onEvent,
      }),
    )
    const held = events.find(({ kind }) => kind === 'held back')
    expect(held).toEqual({ kind: 'held back', because: 'the spool holds as much as it may' })
    expect(await outcome('spool full', { stream, records, counts })).toEqual(NOTHING_LOST)
  })
})

describe('a record that Firehose would refuse', () => {
  it('is kept for a person to see, and holds up no other', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'too-large' })
    const small = inventedSource({ records: 100 })
    const source: typeof small = async function* (options) {
      for await (const record of small(options)) {
        yield record.tweetId === '50'
          ? { ...record, data: `{"id":50,"text":"${'é'.repeat(600_000)}"}` }
          : record
      }
    }
    const counts = await collect(collectOptions(stream, folder.path, { source }))
    expect(counts).toMatchObject({ matched: 100, sent: 99, refused: 1, dropped: 0, spooled: 0 })
    expect(idsOf(await stream.arrived())).not.toContain(50)
    const [kept = ''] = (await readFile(join(folder.path, 'refused.jsonl'), 'utf8')).split('\n')
    expect(JSON.parse(kept)).toMatchObject({
      reason: '1200019 bytes; Firehose takes at most 1024000 a record',
    })
  })
})
