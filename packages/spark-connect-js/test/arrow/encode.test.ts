import { describe, expect, it } from '@jest/globals'
import { t, Timestamp, type AnyType } from 'spark-connect-js'

import { encodeRows } from '../../src/arrow/encode.ts'

const encode = (type: AnyType, ...values: readonly unknown[]) =>
  encodeRows(
    values.map((x) => ({ x })),
    { x: type },
  )

describe('a value that does not fit its column', () => {
  it.each([
    ['a number for a long', t.long, 1, 'x takes a bigint of 64 bits, not the number 1'],
    ['a long beyond 64 bits', t.long, 2n ** 63n, 'not the bigint 9223372036854775808'],
    ['a fraction for an integer', t.integer, 1.5, 'x takes a whole number from -2147483648 to 2147483647'],
    ['an integer beyond a byte', t.byte, 128, 'x takes a whole number from -128 to 127, not the number 128'],
    ['a short beyond its reach', t.short, -32_769, 'not the number -32769'],
    ['a text for a double', t.double, '1', 'x takes a number, not the text "1"'],
    ['a number beyond a float', t.float, 1e39, 'x takes a number of 32 bits, not the number 1e+39'],
    ['a number for a text', t.string, 5, 'x takes a text, not the number 5'],
    ['half of a surrogate pair', t.string, 'a\ud83d', 'half of a surrogate pair'],
    ['an array of numbers for bytes', t.binary, [1], 'x takes a Uint8Array, not an object of class Array'],
    ['a day that is none', t.date, '2023-02-29', 'x takes a date as text'],
    ['the month after the last', t.date, '2023-13-01', 'not the text "2023-13-01"'],
    ['a Date for a timestamp', t.timestamp, new Date(0), 'x takes a Timestamp, not an object of class Date'],
    ['a time beyond 64 bits', t.timestamp, new Timestamp(2n ** 63n), 'x takes a Timestamp'],
    ['an hour that is none', t.timestampNtz, '2023-01-01T24:00:00', 'x takes a clock reading'],
    ['a zone on a clock reading', t.timestampNtz, '2023-01-01T00:00:00Z', 'x takes a clock reading'],
    [
      'a decimal with too many digits',
      t.decimal(3, 1),
      '100',
      '3 digits of which 1 follow the point, not the text',
    ],
    ['a decimal that would be rounded', t.decimal(5, 1), '1.25', 'not the text "1.25"'],
    ['a number for a decimal', t.decimal(5, 1), 1.5, 'not the number 1.5'],
    ['anything for nothing', t.null, 0, 'x takes null only, not the number 0'],
    ['a text for a boolean', t.boolean, 'true', 'x takes a boolean, not the text "true"'],
    ['null where there is none', t.long, null, 'x takes no null'],
    ['a column that is missing', t.long.nullable, undefined, 'not undefined'],
    ['a text for an array', t.array(t.string), 'ab', 'x takes an array, not the text "ab"'],
    ['an object for a map', t.map(t.string, t.long), {}, 'x takes a Map, not an object of class Object'],
    ['a number for a struct', t.struct({ a: t.long }), 1, 'x takes an object with its fields'],
    ['null in an array without', t.array(t.long), [1n, null], 'column x[1] takes no null'],
    ['a null key', t.map(t.string, t.long), new Map([[null, 1n]]), 'column x.key takes no null'],
    [
      'something deep within',
      t.array(t.map(t.string, t.struct({ a: t.long }))),
      [new Map([['k', { a: true }]])],
      'column x[0][k].a takes a bigint of 64 bits, not the boolean true',
    ],
  ])('is refused: %s', (_, type: AnyType, value, message) => {
    const valid = type.isNullable ? [null] : []
    expect(() => encode(type, ...valid, value)).toThrow(`row ${valid.length}: column x`)
    expect(() => encode(type, value)).toThrow(message)
  })

  it('is refused before any row where its type only passes through', () => {
    expect(() => encode(t.unparsed('VARIANT'))).toThrow('column x is of type VARIANT, of which this client')
  })

  it('does not stand in a row that is none', () => {
    expect(() => encodeRows([null as never], { x: t.long })).toThrow('row 0: every row is an object')
  })
})

describe('a value that fits', () => {
  it.each([
    ['a decimal with fewer digits', t.decimal(5, 2), '1'],
    ['a decimal whose last digits are zero', t.decimal(5, 1), '1.5000'],
    ['a float that is rounded', t.float, 0.1],
    ['infinity', t.float, -Infinity],
    ['a day of a leap year', t.date, '2024-02-29'],
    ['a day before the year 0', t.date, '-000044-03-15'],
  ])('is taken: %s', (_, type: AnyType, value) => {
    expect(encode(type, value).rowCount).toBe(1)
  })
})
