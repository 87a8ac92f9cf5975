import type { ArrayType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import { callFunction, type IntegerType, type NullOf, type NumberOrColumn, type StringType } from './call.ts'

const unary =
  (name: string) =>
  <R extends StringColumn>(column: R): Column<StringType<NullOf<R>>> =>
    callFunction(name, column)

export const trim = unary('trim')
export const lower = unary('lower')
export const upper = unary('upper')

/** The number of characters. */
export const length = <R extends StringColumn>(column: R): Column<IntegerType<NullOf<R>>> =>
  callFunction('length', column)

/** Joins; null if any part is. */
export const concat = <const R extends readonly (StringColumn | string)[]>(
  ...parts: R
): Column<StringType<NullOf<R[number]>>> => callFunction('concat', ...parts)

/** Joins, leaving nulls out. */
export const concatWs = (separator: string, ...parts: readonly StringColumn[]): Column<StringType<false>> =>
  callFunction('concat_ws', separator, ...parts)

/** Splits at a Java regular expression. */
export const split = <R extends StringColumn>(
  column: R,
  javaPattern: string,
): Column<ArrayType<StringType<false>, NullOf<R>>> => callFunction('split', column, javaPattern, -1)

/** A group of the first match of a Java regular expression; an empty text where nothing matches. */
export const regexpExtract = <R extends StringColumn>(
  column: R,
  javaPattern: string,
  group: number,
): Column<StringType<NullOf<R>>> => callFunction('regexp_extract', column, javaPattern, group)

export const regexpReplace = <R extends StringColumn>(
  column: R,
  javaPattern: string,
  replacement: string,
): Column<StringType<NullOf<R>>> => callFunction('regexp_replace', column, javaPattern, replacement)

/** `maxLength` characters from the one-based `start`. */
export const substring = <R extends StringColumn | string, const P extends NumberOrColumn>(
  column: R,
  start: P,
  maxLength: number,
): Column<StringType<NullOf<R | P>>> => callFunction('substring', column, start, maxLength)

/** Hexadecimal SHA-2 of `bits` (224, 256, 384 or 512). */
export const sha2 = (column: StringColumn, bits: number): Column<StringType<boolean>> =>
  callFunction('sha2', column, bits)

/** One-based position of a part; 0 where it is absent. */
export const instr = <R extends StringColumn | string, P extends StringColumn | string>(
  column: R,
  part: P,
): Column<IntegerType<NullOf<R | P>>> => callFunction('instr', column, part)
