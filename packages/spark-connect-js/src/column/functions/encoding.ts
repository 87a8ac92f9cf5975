import type { AnyNumeric } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import {
  unary,
  unaryOrNull,
  type AnyBinary,
  type AnyString,
  type BinaryType,
  type IntegerOrColumn,
  type Long,
  type StringOrBinary,
} from './argument.ts'
import { callFunction, type StringType } from './call.ts'

/**
 * Base 64 of bytes, or of a text's UTF-8.
 * @example base64(lit('Spark')) // => 'U3Bhcms='
 */
export const base64 = unary<StringOrBinary, 'string'>('base64')

/**
 * The bytes of a text in base 64; an error if it is none.
 * @example unbase64(lit('AP8=')) // => Uint8Array.of(0, 255)
 */
export const unbase64 = unary<AnyString, 'binary'>('unbase64')

/**
 * The hexadecimal digits of a whole number, of bytes or of a text's UTF-8.
 * @example hex(lit(255)) // => 'FF'
 * @example hex(lit('Spark')) // => '537061726B'
 */
export const hex = unary<StringOrBinary | Long, 'string'>('hex')

/**
 * The bytes of hexadecimal digits; where they are none, an error under ANSI mode, else null.
 * @example unhex(lit('00FF')) // => Uint8Array.of(0, 255)
 */
export const unhex = unaryOrNull<AnyString, 'binary'>('unhex')

/**
 * The bytes of a text in a charset: `'US-ASCII'`, `'ISO-8859-1'`, `'UTF-8'`, `'UTF-16BE'`, `'UTF-16LE'`, `'UTF-16'`,
 * `'UTF-32'`. An error for a character that it lacks.
 * @example encode(lit('é'), 'ISO-8859-1') // => Uint8Array.of(233)
 */
export const encode = (column: StringColumn, charset: string): Column<BinaryType<boolean>> =>
  callFunction('encode', column, charset)

/**
 * The text of bytes in a charset; those of {@link encode}. An error for bytes that are no text in it.
 * @example decode(lit(Uint8Array.of(233)), 'ISO-8859-1') // => 'é'
 */
export const decode = (column: Column<AnyBinary>, charset: string): Column<StringType<boolean>> =>
  callFunction('decode', column, charset)

/**
 * The binary digits of a whole number, a negative one as 64 bits.
 * @example bin(lit(13n)) // => '1101'
 */
export const bin = unary<Long, 'string'>('bin')

/**
 * A number written in one base, 2 to 36, written in another; of a negative target base the result is signed.
 * @example conv(lit('ff'), 16, 2) // => '11111111'
 * @example conv(lit(100), 10, 16) // => '64'
 */
export const conv = (
  column: Column<AnyString | AnyNumeric>,
  fromBase: IntegerOrColumn,
  toBase: IntegerOrColumn,
): Column<StringType<boolean>> => callFunction('conv', column, fromBase, toBase)
