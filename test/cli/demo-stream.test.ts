import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { manualClock } from '../../src/local/manual-clock.ts'
import { openDemoFirehose } from '../../src/cli/demo-firehose.ts'
import { DEMO_PREFIX, DEMO_SLOTS, STREAM_START_MS, demoStream } from '../../src/cli/demo-stream.ts'
import type { CollectedRecord } from '../../src/collect/source.ts'
import { testServices } from '../environment/services.ts'

const { signal } = new AbortController()
const options = { seed: 1, records: 3_000 }

/** What arrives for each slot, and the moment on the clock after it. */
async function arrivals(seed: number) {
  const clock = manualClock(STREAM_START_MS)
  const stream = demoStream({ ...options, seed }, clock)
  const slots: { readonly records: readonly CollectedRecord[]; readonly endedMs: number }[] = []
  for (const slot of DEMO_SLOTS) {
    const records: CollectedRecord[] = []
    const source = stream(slot.getTime())
    const given = source({ term: 'demo', after: null, signal, onEvent: () => {} })
    for await (const record of given) records.push(record)
    slots.push({ records, endedMs: clock.nowMs() })
  }
  return slots
}

describe('the stream of the demo', () => {
  it('arrives for three slots in a row, something for each, and nothing of later', async () => {
    expect(DEMO_SLOTS.map((slot) => slot.toISOString())).toEqual([
      '2018-12-09T19:15:00.000Z',
      '2018-12-09T19:30:00.000Z',
      '2018-12-09T19:45:00.000Z',
    ])
    const slots = await arrivals(1)
    for (const [index, { records, endedMs }] of slots.entries()) {
      const slotMs = DEMO_SLOTS[index]?.getTime() ?? 0
      expect(records.length).toBeGreaterThan(20)
      expect(endedMs).toBeLessThanOrEqual(slotMs)
      expect(Math.max(...records.map(({ tweetedAtMs }) => tweetedAtMs))).toBeLessThanOrEqual(slotMs)
    }
  })

  it('is the same for the same seed', async () => {
    expect(await arrivals(1)).toEqual(await arrivals(1))
    expect(await arrivals(2)).not.toEqual(await arrivals(1))
  })

  it('comes to S3 through Firehose, whole, before a slot is scored', async () => {
    const { s3 } = testServices()
    await using firehose = await openDemoFirehose({ s3, bucket: s3.bucket, prefix: DEMO_PREFIX })
    const stream = demoStream(options, firehose.clock)
    const client = new S3Client({ ...s3, credentials: s3, forcePathStyle: true })
    const sent: number[] = []
    const objects: number[] = []
    for (const slot of DEMO_SLOTS) {
      sent.push((await firehose.collect(stream(slot.getTime()), signal)).sent)
      const list = new ListObjectsV2Command({ Bucket: s3.bucket, Prefix: DEMO_PREFIX })
      objects.push((await client.send(list)).KeyCount ?? 0)
    }
    client.destroy()
    expect(Math.min(...sent)).toBeGreaterThan(20)
    expect(objects[1]).toBeGreaterThan(objects[0] ?? 0)
    expect(objects[2]).toBeGreaterThan(objects[1] ?? 0)
  })
})

describe('the clock of the demo', () => {
  it('does what is due in order, at its own moment', () => {
    const clock = manualClock(1_000)
    const done: [string, number][] = []
    clock.after(50, () => {
      done.push(['second', clock.nowMs()])
      clock.after(10, () => done.push(['third', clock.nowMs()]))
    })
    clock.after(20, () => done.push(['first', clock.nowMs()]))
    clock.after(30, () => done.push(['never', clock.nowMs()]))[Symbol.dispose]()
    clock.moveTo(1_100)
    clock.moveTo(900)
    expect([done, clock.nowMs()]).toEqual([
      [
        ['first', 1_020],
        ['second', 1_050],
        ['third', 1_060],
      ],
      1_100,
    ])
  })
})
