import type { ArrayType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import {
  given,
  type AnyString,
  type IntegerOrColumn,
  type SameType,
  type StringOrBinary,
  type StringOrColumn,
} from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'

type Subject = Column<StringOrBinary> | string

/** A part of bytes is bytes, a part of a text a text. */
type PartOf<R, N extends boolean> = R extends string ? StringType<N> : SameType<R, N>

/**
 * `maxLength` characters or bytes from the one-based `start`; a negative start counts from the end.
 * @example substring('spark', 2, 3) // => 'par'
 */
export const substring = <
  R extends Subject,
  const P extends IntegerOrColumn,
  const L extends IntegerOrColumn,
>(
  column: R,
  start: P,
  maxLength: L,
): Column<PartOf<R, NullOf<R | P | L>>> => callFunction('substring', column, start, maxLength)

/**
 * As `substring`, and without a length to the end.
 * @example substr('spark', -2) // => 'rk'
 */
export const substr = <
  R extends Subject,
  const P extends IntegerOrColumn,
  const L extends IntegerOrColumn = 0,
>(
  column: R,
  start: P,
  maxLength?: L,
): Column<PartOf<R, NullOf<R | P | L>>> => callFunction('substr', column, ...given(start, maxLength))

/**
 * The first characters or bytes; none for a length below one.
 * @example left(lit('spark'), 2) // => 'sp'
 */
export const left = <R extends Column<StringOrBinary>, const L extends IntegerOrColumn>(
  column: R,
  length: L,
): Column<SameType<R, NullOf<R | L>>> => callFunction('left', column, length)

/**
 * The last characters; none for a length below one.
 * @example right(lit('spark'), 2) // => 'rk'
 */
export const right = (column: StringColumn, length: IntegerOrColumn): Column<StringType<boolean>> =>
  callFunction('right', column, length)

/**
 * What stands before the `count`-th delimiter, or, if the count is negative, after the `-count`-th from the end.
 * @example substringIndex(lit('a.b.c.d'), '.', 2) // => 'a.b'
 * @example substringIndex(lit('a.b.c.d'), '.', -1) // => 'd'
 */
export const substringIndex = <
  R extends StringColumn,
  D extends StringOrColumn,
  const C extends IntegerOrColumn,
>(
  column: R,
  delimiter: D,
  count: C,
): Column<StringType<NullOf<R | D | C>>> => callFunction('substring_index', column, delimiter, count)

/**
 * The one-based part between delimiters, from the end if negative; an empty text outside. Part 0 is an error.
 * @example splitPart(lit('11.12.13'), '.', 3) // => '13'
 */
export const splitPart = (
  column: StringColumn,
  delimiter: StringOrColumn,
  part: IntegerOrColumn,
): Column<StringType<boolean>> => callFunction('split_part', column, delimiter, part)

/**
 * Splits at a Java regular expression; a limit above zero bounds the number of parts.
 * @example split(lit('a1b2c'), '[0-9]') // => ['a', 'b', 'c']
 * @example split(lit('a1b2c'), '[0-9]', 2) // => ['a', 'b2c']
 */
export const split = <R extends StringColumn, P extends StringOrColumn, const L extends IntegerOrColumn = -1>(
  column: R,
  javaPattern: P,
  limit?: L,
): Column<ArrayType<StringType<false>, NullOf<R | P | L>>> =>
  callFunction('split', column, javaPattern, limit ?? -1)

/**
 * Sentences of words, by the rules of a language and country such as `'en'`, `'US'`.
 * @example sentences(lit('Hi there! Good morning.')) // => [['Hi', 'there'], ['Good', 'morning']]
 */
export const sentences = (
  column: StringColumn,
  language: StringOrColumn = '',
  country: StringOrColumn = '',
): Column<ArrayType<ArrayType<StringType<false>, false>, boolean>> =>
  callFunction('sentences', column, language, country)

type Trimmed<R, T> = Column<StringType<NullOf<R | T>>>

// Spark takes what is trimmed before what it is trimmed from; all but `btrim`.
const trimmer =
  (name: string) =>
  <R extends StringColumn, T extends StringOrColumn = ''>(column: R, characters?: T): Trimmed<R, T> =>
    characters === undefined ? callFunction(name, column) : callFunction(name, characters, column)

/**
 * Without spaces, or any of the given characters, at both ends.
 * @example trim(lit(' a ')) // => 'a'
 * @example trim(lit('xay'), 'yx') // => 'a'
 */
export const trim = trimmer('trim')

/**
 * Without spaces, or any of the given characters, at the start.
 * @example ltrim(lit('xxa '), 'x') // => 'a '
 */
export const ltrim = trimmer('ltrim')

/**
 * Without spaces, or any of the given characters, at the end.
 * @example rtrim(lit(' a ')) // => ' a'
 */
export const rtrim = trimmer('rtrim')

/**
 * Without spaces, or any of the given characters, at both ends.
 * @example btrim(lit('xay'), 'xy') // => 'a'
 */
export const btrim = <R extends StringColumn, T extends StringOrColumn = ''>(
  column: R,
  characters?: T,
): Trimmed<R, T> => callFunction('btrim', column, ...given(characters))

type Padding<R> = R extends Column<AnyString> ? StringOrColumn : Column<StringOrBinary> | Uint8Array

const padder =
  (name: string) =>
  <R extends Column<StringOrBinary>, const L extends IntegerOrColumn, P extends Padding<R>>(
    column: R,
    length: L,
    padding: P,
  ): Column<SameType<R, NullOf<R | L | P>>> =>
    callFunction(name, column, length, padding)

/**
 * Brought to a length: filled up before, or cut at the end.
 * @example lpad(lit('7'), 3, '0') // => '007'
 */
export const lpad = padder('lpad')

/**
 * Brought to a length: filled up behind, or cut at the end.
 * @example rpad(lit('spark'), 7, '#') // => 'spark##'
 * @example rpad(lit('spark'), 2, '#') // => 'sp'
 */
export const rpad = padder('rpad')
