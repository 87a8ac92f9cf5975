import type { DecimalType, ScalarType } from '../../types/data-type.ts'
import type { AnyNumeric } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import type { ColumnOrLiteral } from '../operand.ts'
import {
  given,
  type AnyBinary,
  type BinaryType,
  type IntegerOrColumn,
  type StringOrColumn,
} from './argument.ts'
import { callFunction, type NullOf, type NumberOrColumn, type StringType } from './call.ts'

type AnyTime = ScalarType<'date' | 'timestamp' | 'timestamp_ntz', boolean>

/**
 * Like C's `printf`, by Java's rules: `%s` for a text, `%d` for a whole number, `%.2f` for a double.
 * @example formatString('%d %s', lit(7), 'days') // => '7 days'
 */
export const formatString = <F extends StringOrColumn>(
  format: F,
  ...values: readonly ColumnOrLiteral[]
): Column<StringType<NullOf<F>>> => callFunction('format_string', format, ...values)

/**
 * Like C's `printf`, by Java's rules: `%s` for a text, `%d` for a whole number, `%.2f` for a double.
 * @example printf('%.2f', lit(0.125)) // => '0.13'
 */
export const printf = <F extends StringOrColumn>(
  format: F,
  ...values: readonly ColumnOrLiteral[]
): Column<StringType<NullOf<F>>> => callFunction('printf', format, ...values)

/**
 * A number with commas between thousands, rounded half to even to `decimals` places, or by a pattern of Java's
 * DecimalFormat; null for negative decimals.
 * @example formatNumber(lit(12345.678), 2) // => '12,345.68'
 */
export const formatNumber = (
  column: NumberOrColumn,
  decimals: IntegerOrColumn | StringOrColumn,
): Column<StringType<boolean>> => callFunction('format_number', column, decimals)

/** Spark casts other numbers to decimals, and says that this may give null. */
interface ToText {
  <R extends Column<AnyTime | AnyBinary | DecimalType<boolean>>>(
    column: R,
    format: string,
  ): Column<StringType<NullOf<R>>>
  (column: Column<AnyNumeric>, format: string): Column<StringType<boolean>>
}

const toText = (name: string): ToText =>
  ((column: Column<AnyTime | AnyNumeric | AnyBinary>, format: string) =>
    callFunction(name, column, format)) as ToText

/**
 * A number by a pattern of digits (`9`, `0`, `.`, `,`, `$`, `S`, `MI`), a time by a Java date pattern, bytes by
 * `'base64'`, `'hex'` or `'utf-8'`.
 * @example toChar(lit('78.12', t.decimal(4, 2)), '$99.99') // => '$78.12'
 * @example toChar(lit(Uint8Array.of(255)), 'hex') // => 'FF'
 */
export const toChar = toText('to_char')

/**
 * A number by a pattern of digits (`9`, `0`, `.`, `,`, `$`, `S`, `MI`), a time by a Java date pattern, bytes by
 * `'base64'`, `'hex'` or `'utf-8'`.
 * @example toVarchar(lit('2026-02-03', t.date), 'yyyy/MM/dd') // => '2026/02/03'
 */
export const toVarchar = toText('to_varchar')

/**
 * A decimal of as many digits as the pattern has; an error where the text does not fit.
 * @example toNumber(lit('$78.12'), '$99.99') // => '78.12'
 */
export const toNumber = <R extends StringColumn>(column: R, format: string): Column<DecimalType<NullOf<R>>> =>
  callFunction('to_number', column, format)

/**
 * A decimal of as many digits as the pattern has; null where the text does not fit.
 * @example tryToNumber(lit('seven'), '99') // => null
 */
export const tryToNumber = (column: StringColumn, format: string): Column<DecimalType<boolean>> =>
  callFunction('try_to_number', column, format)

/**
 * Bytes of a text: by `'hex'` (as without a format), `'base64'` or `'utf-8'`; an error where it does not fit.
 * @example toBinary(lit('00FF')) // => Uint8Array.of(0, 255)
 */
export const toBinary = (column: StringColumn, format?: string): Column<BinaryType<boolean>> =>
  callFunction('to_binary', column, ...given(format))

/**
 * Bytes of a text: by `'hex'` (as without a format), `'base64'` or `'utf-8'`; null where it does not fit.
 * @example tryToBinary(lit('spark'), 'hex') // => null
 */
export const tryToBinary = (column: StringColumn, format?: string): Column<BinaryType<boolean>> =>
  callFunction('try_to_binary', column, ...given(format))

/**
 * The one-based choice among texts; under ANSI mode an error outside, else null.
 * @example elt(lit(2), 'java', 'scala') // => 'scala'
 */
export const elt = (
  index: IntegerOrColumn,
  ...choices: readonly StringOrColumn[]
): Column<StringType<boolean>> => callFunction('elt', index, ...choices)

/**
 * A text as a literal of SQL: in single quotes, those within it escaped.
 * @since Spark 4.1
 * @example quote(lit("Don't")) // => "'Don\\'t'"
 */
export const quote = (column: StringColumn): Column<StringType<boolean>> => callFunction('quote', column)
