import type { Column, StringColumn } from '../column.ts'
import {
  unary,
  unaryOrNull,
  type AnyString,
  type Long,
  type SameType,
  type StringOrBinary,
} from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'

/**
 * The number of characters of a text, or of bytes.
 * @example length(lit('🌊')) // => 1
 */
export const length = unary<StringOrBinary, 'integer'>('length')

/**
 * The number of characters of a text, or of bytes.
 * @example charLength(lit('spark ')) // => 6
 */
export const charLength = unary<StringOrBinary, 'integer'>('char_length')

/**
 * The number of characters of a text, or of bytes.
 * @example characterLength(lit('spark ')) // => 6
 */
export const characterLength = unary<StringOrBinary, 'integer'>('character_length')

/**
 * The number of bytes, of a text in UTF-8.
 * @example octetLength(lit('🌊')) // => 4
 */
export const octetLength = unary<StringOrBinary, 'integer'>('octet_length')

/**
 * The number of bits, of a text in UTF-8.
 * @example bitLength(lit('🌊')) // => 32
 */
export const bitLength = unary<StringOrBinary, 'integer'>('bit_length')

/**
 * The code point of the first character; 0 for an empty text.
 * @example ascii(lit('Spark')) // => 83
 */
export const ascii = unary<AnyString, 'integer'>('ascii')

/**
 * The character of a code from 0 to 255, of larger ones modulo 256; an empty text for a negative one.
 * @example char(lit(65n)) // => 'A'
 */
export const char = unary<Long, 'string'>('char')

/**
 * The character of a code from 0 to 255, of larger ones modulo 256; an empty text for a negative one.
 * @example chr(lit(65n)) // => 'A'
 */
export const chr = unary<Long, 'string'>('chr')

/**
 * A text that compares by a collation, such as `'UTF8_LCASE'`, `'UNICODE_CI'` or `'de_AI'`.
 * @since Spark 4.0
 * @example collate(lit('A'), 'UTF8_LCASE').eq('a') // => true
 */
export const collate = <R extends StringColumn>(
  column: R,
  collationName: string,
): Column<SameType<R, NullOf<R>>> => callFunction('collate', column, collationName)

/**
 * The full name of the collation by which a text compares.
 * @since Spark 4.0
 * @example collation(lit('a')) // => 'SYSTEM.BUILTIN.UTF8_BINARY'
 */
export const collation = (column: StringColumn): Column<StringType<false>> =>
  callFunction('collation', column)

/**
 * Whether the bytes of a text are UTF-8.
 * @since Spark 4.0
 * @example isValidUtf8(lit('🌊')) // => true
 */
export const isValidUtf8 = unaryOrNull<AnyString, 'boolean'>('is_valid_utf8')

/**
 * A text with `�` for whatever is not UTF-8.
 * @since Spark 4.0
 * @example makeValidUtf8(lit('🌊')) // => '🌊'
 */
export const makeValidUtf8 = unaryOrNull<AnyString, 'string'>('make_valid_utf8')

/**
 * The text itself; an error if it is not UTF-8.
 * @since Spark 4.0
 * @example validateUtf8(lit('🌊')) // => '🌊'
 */
export const validateUtf8 = unaryOrNull<AnyString, 'string'>('validate_utf8')

/**
 * The text itself; null if it is not UTF-8.
 * @since Spark 4.0
 * @example tryValidateUtf8(lit(Uint8Array.of(128)).cast(t.string)) // => null
 */
export const tryValidateUtf8 = unaryOrNull<AnyString, 'string'>('try_validate_utf8')
