import { describe, expect, it } from '@jest/globals'
import { activityTime, momentOfActivity } from '../../src/collect/sources/simulation/activity-clock.ts'

const HOUR_MS = 3_600_000
const midnightMs = Date.UTC(2018, 11, 9)

const activityOf = (hour: number): number => activityTime(midnightMs + hour * HOUR_MS)
const speedAt = (hour: number): number => (activityOf(hour + 0.5) - activityOf(hour - 0.5)) / HOUR_MS

describe('the activity clock', () => {
  it('comes back to the same moment within a millisecond', () => {
    for (let minute = 0; minute < 24 * 60; minute++) {
      const momentMs = midnightMs + minute * 60_000
      expect(Math.abs(momentOfActivity(activityTime(momentMs)) - momentMs)).toBeLessThan(1)
    }
  })

  it('runs fastest at 19:00 UTC and slowest at 07:00 UTC', () => {
    expect(speedAt(19)).toBeCloseTo(1.7, 1)
    expect(speedAt(7)).toBeCloseTo(0.3, 1)
  })
})
