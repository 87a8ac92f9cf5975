import type { AnyType, ArrayType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import {
  unary,
  type AnyString,
  type IntegerOrColumn,
  type SameType,
  type StringOrBinary,
  type StringOrColumn,
} from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'

type AnyArray = ArrayType<AnyType, boolean>

/**
 * In lower case.
 * @example lower(lit('Spark')) // => 'spark'
 */
export const lower = unary<AnyString, 'string'>('lower')

/**
 * In lower case.
 * @example lcase(lit('Spark')) // => 'spark'
 */
export const lcase = unary<AnyString, 'string'>('lcase')

/**
 * In upper case.
 * @example upper(lit('spark')) // => 'SPARK'
 */
export const upper = unary<AnyString, 'string'>('upper')

/**
 * In upper case.
 * @example ucase(lit('spark')) // => 'SPARK'
 */
export const ucase = unary<AnyString, 'string'>('ucase')

/**
 * The first letter of each word in upper case, the others in lower case; words are parted by spaces.
 * @example initcap(lit('apache sPARK')) // => 'Apache Spark'
 */
export const initcap = unary<AnyString, 'string'>('initcap')

/**
 * Joins texts, bytes or arrays; null if any part is.
 * @example concat('a', lit('b')) // => 'ab'
 * @example concat(array(lit(1)), array(lit(2))) // => [1, 2]
 */
export function concat<const R extends readonly StringOrColumn[]>(
  ...parts: R
): Column<StringType<NullOf<R[number]>>>
export function concat<R extends Column<StringOrBinary | AnyArray>>(
  first: R,
  ...rest: readonly NoInfer<R>[]
): Column<SameType<R, NullOf<R>>>
export function concat(...parts: readonly (Column<AnyType> | string)[]): Column<AnyType> {
  return callFunction('concat', ...parts)
}

/**
 * Joins, leaving nulls out; an array gives its elements.
 * @example concatWs('-', lit('a'), nullOf(t.string), array(lit('b'), lit('c'))) // => 'a-b-c'
 */
export const concatWs = (
  separator: string,
  ...parts: readonly (StringColumn | Column<ArrayType<AnyString, boolean>>)[]
): Column<StringType<false>> => callFunction('concat_ws', separator, ...parts)

/**
 * A text or an array from back to front.
 * @example reverse(lit('spark')) // => 'kraps'
 */
export const reverse = <R extends Column<AnyString | AnyArray>>(column: R): Column<SameType<R, NullOf<R>>> =>
  callFunction('reverse', column)

/**
 * A text so many times over; none for a count below one.
 * @example repeat(lit('ab'), 3) // => 'ababab'
 */
export const repeat = <R extends StringColumn, const N extends IntegerOrColumn>(
  column: R,
  count: N,
): Column<StringType<NullOf<R | N>>> => callFunction('repeat', column, count)

/**
 * Replaces every occurrence of a text, or removes it.
 * @example replace(lit('a-b-c'), '-', '+') // => 'a+b+c'
 * @example replace(lit('a-b-c'), '-') // => 'abc'
 */
export const replace = <R extends StringColumn, S extends StringOrColumn, P extends StringOrColumn = ''>(
  column: R,
  search: S,
  replacement?: P,
): Column<StringType<NullOf<R | S | P>>> => callFunction('replace', column, search, replacement ?? '')

/**
 * Replaces each character of `matching` by the one at its place in `replacement`, and removes it if there is none.
 * @example translate(lit('translate'), 'rnlt', '123') // => '1a2s3ae'
 */
export const translate = <R extends StringColumn, M extends StringOrColumn, P extends StringOrColumn>(
  column: R,
  matching: M,
  replacement: P,
): Column<StringType<NullOf<R | M | P>>> => callFunction('translate', column, matching, replacement)

/**
 * Writes `replacement` over `length` characters or bytes from the one-based `position`; without a length, over as
 * many as it has.
 * @example overlay(lit('Spark SQL'), 'ANSI ', 7, 0) // => 'Spark ANSI SQL'
 * @example overlay(lit('Spark SQL'), '_', 6) // => 'Spark_SQL'
 */
export const overlay = <
  R extends Column<StringOrBinary>,
  P extends Column<StringOrBinary> | string | Uint8Array,
  const S extends IntegerOrColumn,
  const L extends IntegerOrColumn = -1,
>(
  column: R,
  replacement: P,
  position: S,
  length?: L,
): Column<SameType<R, NullOf<R | P | S | L>>> =>
  callFunction('overlay', column, replacement, position, length ?? -1)

/** What {@link mask} writes in place of each character of a kind; null leaves the kind as it is. */
export interface MaskOptions {
  readonly upperChar?: string | null
  readonly lowerChar?: string | null
  readonly digitChar?: string | null
  readonly otherChar?: string | null
}

/**
 * Hides characters by their kind: letters become `X` and `x`, digits `n`, others stay, unless options say otherwise.
 * @example mask(lit('AbCD123-@$#')) // => 'XxXXnnn-@$#'
 * @example mask(lit('AbCD123-@$#'), { digitChar: null, otherChar: '*' }) // => 'XxXX123****'
 */
export const mask = (
  column: StringColumn,
  { upperChar = 'X', lowerChar = 'x', digitChar = 'n', otherChar = null }: MaskOptions = {},
): Column<StringType<boolean>> => callFunction('mask', column, upperChar, lowerChar, digitChar, otherChar)
