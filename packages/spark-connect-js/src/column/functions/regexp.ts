import type { ArrayType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import { given, type BooleanType, type IntegerOrColumn, type StringOrColumn } from './argument.ts'
import { callFunction, type IntegerType, type NullOf, type StringType } from './call.ts'

const regexpTest =
  (name: string) =>
  <R extends StringColumn, P extends StringOrColumn>(
    column: R,
    javaPattern: P,
  ): Column<BooleanType<NullOf<R | P>>> =>
    callFunction(name, column, javaPattern)

/**
 * Whether a Java regular expression matches a part of a text.
 * @example rlike(lit('spark'), '^s.a') // => true
 */
export const rlike = regexpTest('rlike')

/**
 * Whether a Java regular expression matches a part of a text.
 * @example regexp(lit('spark'), '^s.a') // => true
 */
export const regexp = regexpTest('regexp')

/**
 * Whether a Java regular expression matches a part of a text.
 * @example regexpLike(lit('spark'), '[0-9]') // => false
 */
export const regexpLike = regexpTest('regexp_like')

/**
 * How often a Java regular expression matches.
 * @example regexpCount(lit('1a 2b 14m'), '[0-9]+') // => 3
 */
export const regexpCount = <R extends StringColumn, P extends StringOrColumn>(
  column: R,
  javaPattern: P,
): Column<IntegerType<NullOf<R | P>>> => callFunction('regexp_count', column, javaPattern)

/**
 * A group of the first match of a Java regular expression; an empty text where nothing matches.
 * @example regexpExtract(lit('a12'), '([0-9])([0-9])', 2) // => '2'
 */
export const regexpExtract = <
  R extends StringColumn,
  P extends StringOrColumn,
  const G extends IntegerOrColumn,
>(
  column: R,
  javaPattern: P,
  group: G,
): Column<StringType<NullOf<R | P | G>>> => callFunction('regexp_extract', column, javaPattern, group)

/**
 * A group of each match of a Java regular expression; the first group unless another is named, 0 for whole matches.
 * @example regexpExtractAll(lit('100-200, 300-400'), '([0-9]+)-([0-9]+)') // => ['100', '300']
 */
export const regexpExtractAll = <
  R extends StringColumn,
  P extends StringOrColumn,
  const G extends IntegerOrColumn = 1,
>(
  column: R,
  javaPattern: P,
  group?: G,
): Column<ArrayType<StringType<boolean>, NullOf<R | P | G>>> =>
  callFunction('regexp_extract_all', column, ...given(javaPattern, group))

/**
 * One-based position of the first match of a Java regular expression; 0 where nothing matches.
 * @example regexpInstr(lit('spark 4'), '[0-9]') // => 7
 */
export const regexpInstr = <
  R extends StringColumn,
  P extends StringOrColumn,
  const G extends IntegerOrColumn = 0,
>(
  column: R,
  javaPattern: P,
  group?: G,
): Column<IntegerType<NullOf<R | P | G>>> =>
  callFunction('regexp_instr', column, ...given(javaPattern, group))

/**
 * Replaces every match of a Java regular expression; `$1` stands for its first group.
 * @example regexpReplace(lit('a12'), '[0-9]', '#') // => 'a##'
 */
export const regexpReplace = <R extends StringColumn, P extends StringOrColumn, S extends StringOrColumn>(
  column: R,
  javaPattern: P,
  replacement: S,
): Column<StringType<NullOf<R | P | S>>> => callFunction('regexp_replace', column, javaPattern, replacement)

/**
 * The first match of a Java regular expression; null where nothing matches.
 * @example regexpSubstr(lit('spark 41'), '[0-9]+') // => '41'
 */
export const regexpSubstr = (
  column: StringColumn,
  javaPattern: StringOrColumn,
): Column<StringType<boolean>> => callFunction('regexp_substr', column, javaPattern)
