import { hash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { type DemoArrivals, DEMO_PREFIX, demoArrivals } from '../../src/cli/demo-stream.ts'

const options = { seed: 1, records: 3_000 }
const arrivals = demoArrivals(options)

const digests = (slots: readonly DemoArrivals[]): readonly string[] =>
  slots.flatMap(({ objects }) => objects.map(({ key, body }) => `${key} ${hash('sha256', body)}`))

describe('the stream of the demo', () => {
  it('arrives for three slots in a row, something for each', () => {
    expect(arrivals.map(({ slot }) => slot.toISOString())).toEqual([
      '2018-12-09T19:15:00.000Z',
      '2018-12-09T19:30:00.000Z',
      '2018-12-09T19:45:00.000Z',
    ])
    expect(arrivals.every(({ objects }) => objects.length > 0)).toBe(true)
  })

  it('never shows a slot an object that arrived too late for its run', () => {
    for (const { slot, objects } of arrivals) {
      const runMs = slot.getTime() + 2 * 60_000
      expect(Math.max(...objects.map(({ deliveredAtMs }) => deliveredAtMs))).toBeLessThanOrEqual(runMs)
    }
  })

  it('has keys below its prefix, all different, some of them gzip', () => {
    const keys = arrivals.flatMap(({ objects }) => objects.map(({ key }) => key))
    expect(keys.every((key) => key.startsWith(DEMO_PREFIX))).toBe(true)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.some((key) => key.endsWith('.gz'))).toBe(true)
  })

  it('is the same for the same seed', () => {
    expect(digests(demoArrivals(options))).toEqual(digests(arrivals))
    expect(digests(demoArrivals({ ...options, seed: 2 }))).not.toEqual(digests(arrivals))
  })
})
