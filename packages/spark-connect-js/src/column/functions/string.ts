import type { ArrayType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import { callFunction, type IntegerType, type NullOf, type NumberOrColumn, type StringType } from './call.ts'

const unary =
  (name: string) =>
  <R extends StringColumn>(column: R): Column<StringType<NullOf<R>>> =>
    callFunction(name, column)

/**
 * Without spaces at both ends.
 * @example trim(lit(' a ')) // => 'a'
 */
export const trim = unary('trim')
/**
 * In lower case.
 * @example lower(lit('Spark')) // => 'spark'
 */
export const lower = unary('lower')
/**
 * In upper case.
 * @example upper(lit('spark')) // => 'SPARK'
 */
export const upper = unary('upper')

/**
 * The number of characters.
 * @example length(lit('🌊')) // => 1
 */
export const length = <R extends StringColumn>(column: R): Column<IntegerType<NullOf<R>>> =>
  callFunction('length', column)

/**
 * Joins; null if any part is.
 * @example concat('a', lit('b')) // => 'ab'
 */
export const concat = <const R extends readonly (StringColumn | string)[]>(
  ...parts: R
): Column<StringType<NullOf<R[number]>>> => callFunction('concat', ...parts)

/**
 * Joins, leaving nulls out.
 * @example concatWs('-', lit('a'), nullOf(t.string), lit('b')) // => 'a-b'
 */
export const concatWs = (separator: string, ...parts: readonly StringColumn[]): Column<StringType<false>> =>
  callFunction('concat_ws', separator, ...parts)

/**
 * Splits at a Java regular expression.
 * @example split(lit('a1b'), '[0-9]') // => ['a', 'b']
 */
export const split = <R extends StringColumn>(
  column: R,
  javaPattern: string,
): Column<ArrayType<StringType<false>, NullOf<R>>> => callFunction('split', column, javaPattern, -1)

/**
 * A group of the first match of a Java regular expression; an empty text where nothing matches.
 * @example regexpExtract(lit('a12'), '([0-9])([0-9])', 2) // => '2'
 */
export const regexpExtract = <R extends StringColumn>(
  column: R,
  javaPattern: string,
  group: number,
): Column<StringType<NullOf<R>>> => callFunction('regexp_extract', column, javaPattern, group)

/**
 * Replaces every match of a Java regular expression.
 * @example regexpReplace(lit('a12'), '[0-9]', '#') // => 'a##'
 */
export const regexpReplace = <R extends StringColumn>(
  column: R,
  javaPattern: string,
  replacement: string,
): Column<StringType<NullOf<R>>> => callFunction('regexp_replace', column, javaPattern, replacement)

/**
 * `maxLength` characters from the one-based `start`.
 * @example substring('spark', 2, 3) // => 'par'
 */
export const substring = <R extends StringColumn | string, const P extends NumberOrColumn>(
  column: R,
  start: P,
  maxLength: number,
): Column<StringType<NullOf<R | P>>> => callFunction('substring', column, start, maxLength)

/**
 * Hexadecimal SHA-2 of `bits` (224, 256, 384 or 512).
 * @example length(sha2(lit('spark'), 256)) // => 64
 */
export const sha2 = (column: StringColumn, bits: number): Column<StringType<boolean>> =>
  callFunction('sha2', column, bits)

/**
 * One-based position of a part; 0 where it is absent.
 * @example instr('spark', 'a') // => 3
 */
export const instr = <R extends StringColumn | string, P extends StringColumn | string>(
  column: R,
  part: P,
): Column<IntegerType<NullOf<R | P>>> => callFunction('instr', column, part)
