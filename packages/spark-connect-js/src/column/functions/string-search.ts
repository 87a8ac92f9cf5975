import type { Column, StringColumn } from '../column.ts'
import {
  given,
  unary,
  type AnyString,
  type BinaryOrColumn,
  type BooleanType,
  type IntegerOrColumn,
  type StringOrColumn,
  type AnyBinary,
} from './argument.ts'
import { callFunction, type IntegerType, type NullOf } from './call.ts'

/** A test of texts, or of bytes: of bytes Spark says that it may be null. */
interface PartTest {
  <R extends StringColumn, P extends StringOrColumn>(column: R, part: P): Column<BooleanType<NullOf<R | P>>>
  (column: Column<AnyBinary>, part: BinaryOrColumn): Column<BooleanType<boolean>>
}

const partTest = (name: string): PartTest =>
  ((column: Column<AnyString | AnyBinary>, part: StringOrColumn | BinaryOrColumn) =>
    callFunction(name, column, part)) as PartTest

/**
 * Whether a text has a part, or bytes do.
 * @example contains(lit('spark'), 'par') // => true
 */
export const contains = partTest('contains')

/**
 * Whether a text begins with another, or bytes do.
 * @example startswith(lit('spark'), 'sp') // => true
 */
export const startswith = partTest('startswith')

/**
 * Whether a text ends with another, or bytes do.
 * @example endswith(lit('spark'), 'rk') // => true
 */
export const endswith = partTest('endswith')

const likeTest =
  (name: string) =>
  <R extends StringColumn, P extends StringOrColumn>(
    column: R,
    pattern: P,
    escapeChar?: string,
  ): Column<BooleanType<NullOf<R | P>>> =>
    callFunction(name, column, pattern, ...given(escapeChar))

/**
 * Whether a whole text matches a pattern of SQL: `%` is any part, `_` any character; the escape is a backslash, or
 * another character.
 * @example like(lit('spark'), 's_a%') // => true
 * @example like(lit('100%'), '%/%', '/') // => true
 */
export const like = likeTest('like')

/**
 * As `like`, in whatever case.
 * @example ilike(lit('Spark'), 's_A%') // => true
 */
export const ilike = likeTest('ilike')

/**
 * One-based position of a part; 0 where it is absent.
 * @example instr('spark', 'a') // => 3
 */
export const instr = <R extends StringOrColumn, P extends StringOrColumn>(
  column: R,
  part: P,
): Column<IntegerType<NullOf<R | P>>> => callFunction('instr', column, part)

/**
 * One-based position of the first occurrence of a part from `start` on; 0 where there is none.
 * @example locate('b', lit('abcbb'), 3) // => 4
 */
export const locate = <P extends StringOrColumn, R extends StringOrColumn>(
  part: P,
  column: R,
  start: IntegerOrColumn = 1,
): Column<IntegerType<NullOf<R | P>>> => callFunction('locate', part, column, start)

/**
 * One-based position of the first occurrence of a part from `start` on; 0 where there is none.
 * @example position('b', lit('abcbb')) // => 2
 */
export const position = <P extends StringOrColumn, R extends StringOrColumn>(
  part: P,
  column: R,
  start: IntegerOrColumn = 1,
): Column<IntegerType<NullOf<R | P>>> => callFunction('position', part, column, start)

/**
 * One-based place of a text among those of a list parted by commas; 0 where it is absent.
 * @example findInSet(lit('ab'), 'abc,b,ab,c') // => 3
 */
export const findInSet = <R extends StringOrColumn, L extends StringOrColumn>(
  column: R,
  list: L,
): Column<IntegerType<NullOf<R | L>>> => callFunction('find_in_set', column, list)

/**
 * The number of characters to add, remove or change to make one text of the other; -1 above a threshold.
 * @example levenshtein(lit('kitten'), 'sitting') // => 3
 * @example levenshtein(lit('kitten'), 'sitting', 2) // => -1
 */
export const levenshtein = <
  A extends StringOrColumn,
  B extends StringOrColumn,
  const T extends IntegerOrColumn = 0,
>(
  first: A,
  second: B,
  threshold?: T,
): Column<IntegerType<NullOf<A | B | T>>> => callFunction('levenshtein', first, ...given(second, threshold))

/**
 * The Soundex code of a word: alike where English words sound alike.
 * @example soundex(lit('Miller')) // => 'M460'
 */
export const soundex = unary<AnyString, 'string'>('soundex')
