import { describe, expect, it } from '@jest/globals'
import { backOffMs } from '../../../src/collect/delivery/back-off.ts'
import { newCounts } from '../../../src/collect/delivery/counts.ts'
import { Lane, laneOf } from '../../../src/collect/delivery/lane.ts'
import { serveMetrics } from '../../../src/collect/delivery/serve-metrics.ts'
import type { SpooledRecord } from '../../../src/collect/delivery/spool-reader.ts'

const record = (records: number, bytes = 10): SpooledRecord => ({
  data: Buffer.alloc(bytes),
  lane: 0,
  sinceMs: 0,
  place: { offset: records * 100, records },
})
const numbers = (records: readonly SpooledRecord[]): readonly number[] =>
  records.map(({ place }) => place.records)

function laneWith(count: number, bytes?: number): Lane {
  const lane = new Lane()
  for (let index = 0; index < count; index++) lane.add(record(index, bytes), index)
  return lane
}

describe('a lane', () => {
  it('gives at most 500 records at once', () => {
    const lane = laneWith(600)
    expect(numbers(lane.take()).length).toBe(500)
    lane.settle([])
    expect(numbers(lane.take())[0]).toBe(500)
  })

  it('gives at most 4 MiB at once', () => {
    expect(laneWith(10, 1_000 * 1_024).take().length).toBe(4)
    expect(laneWith(10, 1_024 * 1_024).take().length).toBe(4)
  })

  it('sends what failed again before all that came later', () => {
    const lane = laneWith(5)
    const batch = lane.take()
    lane.add(record(5), 0)
    lane.settle(batch.filter((_, index) => index % 2 === 1))
    expect(numbers(lane.take())).toEqual([1, 3, 5])
  })

  it('knows the oldest record that is not delivered', () => {
    const lane = laneWith(2)
    lane.take()
    lane.add(record(2), 0)
    expect(lane.oldest?.place.records).toBe(0)
    lane.settle([])
    expect(lane.oldest?.place.records).toBe(2)
  })

  it('is the same for all records of a cascade, and about even for others', () => {
    const lanes = Array.from({ length: 4_000 }, (_, index) => laneOf(`10712345678901${index}`) % 4)
    const counts = [0, 1, 2, 3].map((lane) => lanes.filter((one) => one === lane).length)
    expect(Math.min(...counts)).toBeGreaterThan(850)
    expect(laneOf('1071234567890')).toBe(laneOf('1071234567890'))
  })
})

describe('the time to the next attempt', () => {
  it('doubles from 0.1 s to 20 s, less up to a half', () => {
    expect([1, 2, 3, 8, 9, 1_000].map((attempts) => backOffMs(attempts, 0))).toEqual([
      100, 200, 400, 12_800, 20_000, 20_000,
    ])
    expect(backOffMs(3, 1)).toBe(200)
  })
})

describe('the metrics', () => {
  it('say the counts as they are now, on loopback alone', async () => {
    const counts = newCounts()
    await using server = await serveMetrics(counts, { port: 0, stream: 'storm' })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    counts.sent = 1_234
    counts.lagSeconds = 2.5
    const text = await (await fetch(server.url)).text()
    expect(text).toContain('# TYPE ripplerank_collect_sent_total counter')
    expect(text).toContain('ripplerank_collect_sent_total{stream="storm"} 1234')
    expect(text).toContain('ripplerank_collect_lag_seconds{stream="storm"} 2.5')
    expect(text).toContain('ripplerank_collect_dropped_total{stream="storm"} 0')
    counts.sent = 1_235
    expect(await (await fetch(server.url)).text()).toContain('sent_total{stream="storm"} 1235')
    expect((await fetch(server.url.replace('metrics', ''))).status).toBe(404)
  })
})
