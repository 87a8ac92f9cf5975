import { describe, expect, it } from '@jest/globals'

import { dueSlots, newestDueSlot } from '../../src/jobs/due-slots.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = (time: string): Date => new Date(`2026-01-02T${time}:00Z`)
const due = (now: string, published: readonly string[], catchUpMs = 24 * HOUR): readonly string[] =>
  dueSlots({
    newest: newestDueSlot(at(now), 6 * MINUTE),
    catchUpMs,
    published: published.map(at),
  }).map((slot) => slot.toISOString().slice(11, 16))

describe('the slots that are due', () => {
  it('are the newest alone where none was ever published, once its records had time to arrive', () => {
    expect(due('03:21', [])).toEqual(['03:15'])
    expect(due('03:20', [])).toEqual(['03:00'])
  })

  it('are none when the newest is published', () => {
    expect(due('03:21', ['03:15'])).toEqual([])
  })

  it('are those that were missed since the first, in order, also between others', () => {
    expect(due('03:21', ['02:00', '02:30'])).toEqual(['02:15', '02:45', '03:00', '03:15'])
  })

  it('go back no further than they are made up for', () => {
    expect(due('03:21', ['00:00'], HOUR)).toEqual(['02:15', '02:30', '02:45', '03:00', '03:15'])
    expect(due('03:21', ['00:00'], 0)).toEqual(['03:15'])
    expect(due('03:21', ['00:00', '03:15'], 0)).toEqual([])
  })

  it('are none for a clock that is behind what is published', () => {
    expect(due('02:00', ['03:00', '03:15'])).toEqual([])
  })
})
