import { describe, expect, it } from '@jest/globals'
import { array, assert, integer, property } from 'fast-check'
import { timeQueue } from '../../src/collect/sources/simulation/time-queue.ts'

describe('a time queue', () => {
  it('gives its entries back by time, equals in the order they came', () => {
    assert(
      property(array(integer({ min: 0, max: 20 })), (times) => {
        const queue = timeQueue<readonly [number, number]>()
        for (const [index, atMs] of times.entries()) queue.add(atMs, [atMs, index])
        const taken = Array.from({ length: times.length }, () => queue.take())
        const expected = times.map((atMs, index) => [atMs, index] as const)
        expect(taken).toEqual(expected.toSorted((left, right) => left[0] - right[0] || left[1] - right[1]))
      }),
    )
  })

  it('has no earliest moment when empty', () => {
    const queue = timeQueue<string>()
    expect(queue.earliestMs()).toBe(Infinity)
    expect(queue.take()).toBeUndefined()
  })
})
