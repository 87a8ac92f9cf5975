import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Timestamp } from 'spark-connect-js'

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z, the ends of what Spark's literals reach. */
const FIRST_MICROS = -62_135_596_800_000_000n
const LAST_MICROS = 253_402_300_799_999_999n

describe('a timestamp', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1969-12-31T23:59:59.999999Z', -1n],
    ['2026-01-31T12:00:00.5Z', 1_769_860_800_500_000n],
    ['2026-01-31T12:00:00.000001+01:00', 1_769_857_200_000_001n],
    ['0001-01-01T00:00:00Z', FIRST_MICROS],
    ['9999-12-31T23:59:59.999999Z', LAST_MICROS],
  ])('is read from %s', (iso, micros) => {
    expect(Timestamp.parse(iso).epochMicros).toBe(micros)
  })

  it.each([
    'yesterday',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-13-31T12:00:00Z',
    '2026-01-31T12:00:00.1234567Z',
  ])('is not read from %s', (text) => {
    expect(() => Timestamp.parse(text)).toThrow(`"${text}" is not an ISO 8601 time`)
  })

  it('survives being written and read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: FIRST_MICROS, max: LAST_MICROS }), (micros) => {
        expect(Timestamp.parse(new Timestamp(micros).toString()).epochMicros).toBe(micros)
      }),
    )
  })

  it('becomes the Date of its millisecond, rounded down, also before 1970', () => {
    expect(new Timestamp(-1n).toDate().getTime()).toBe(-1)
    expect(new Timestamp(1999n).toDate().getTime()).toBe(1)
    expect(Timestamp.from(new Date(-5)).epochMicros).toBe(-5000n)
  })

  it('orders, and is written as text in JSON', () => {
    expect(new Timestamp(1n) < new Timestamp(2n)).toBe(true)
    expect(JSON.stringify({ at: new Timestamp(0n) })).toBe('{"at":"1970-01-01T00:00:00.000000Z"}')
  })
})
