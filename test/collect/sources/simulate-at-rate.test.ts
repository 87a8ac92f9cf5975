import { describe, expect, it } from '@jest/globals'

import { simulateSource } from '../../../src/collect/sources/simulate-at-rate.ts'
import { collectedFrom, flat } from '../collected.ts'
import { quickClock } from './quick-clock.ts'

const startMs = Date.UTC(2018, 11, 9)
const simulation = { seed: 3, records: 2_000, startMs, endMs: startMs + 86_400_000 }

describe('a simulated source', () => {
  it('gives records of the term, and goes on after a position', async () => {
    const source = simulateSource({ ...simulation, shares: { broken: 0.01 } })
    const all = await collectedFrom(source, { term: 'glass river' })
    expect(all.refused).toHaveLength(20)
    expect(all.records).toHaveLength(1_980)
    expect(new Set(all.records.map((record) => flat(record)['searched_names']))).toEqual(
      new Set(['glass river']),
    )
    const after = all.records[499]?.position ?? null
    const rest = await collectedFrom(source, { term: 'glass river', after })
    expect(rest.records).toEqual(all.records.slice(500))
  })

  it('comes at the rate that it is told', async () => {
    const clock = quickClock(0)
    const arrivals: number[] = []
    const { signal } = new AbortController()
    const source = simulateSource({ ...simulation, records: 11, recordsPerSecond: 5, clock })
    for await (const _ of source({ term: 't', after: null, signal, onEvent: () => undefined }))
      arrivals.push(clock.now())
    expect([arrivals[0], arrivals.at(-1)]).toEqual([0, 2_000])
    expect(() => simulateSource({ ...simulation, recordsPerSecond: 0 })).toThrow('give a number above 0')
  })
})
