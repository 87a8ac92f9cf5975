import type { AnyType, ArrayType, MapType, ScalarType } from '../../types/data-type.ts'
import type { AnyNull, Arithmetic, IntegralKind, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { BooleanType, ColumnOrLiteral, Comparable, SameKind, TypeOf } from '../operand.ts'
import {
  callFunction,
  type IntegerType,
  type LongType,
  type NullOf,
  type NumberOrColumn,
  type StringType,
} from './call.ts'
import type { AnyArrayColumn, ArrayColumn } from './element.ts'

type Integral = ScalarType<IntegralKind, boolean>
type IndexColumn = Column<ScalarType<'byte' | 'short' | 'integer', boolean>>

/**
 * An array of the values.
 * @example array(lit(1), lit(2)) // => [1, 2]
 */
export const array = <T extends AnyType>(...elements: readonly Column<T>[]): Column<ArrayType<T, false>> =>
  callFunction('array', ...elements)

/**
 * An array of one value so many times.
 * @example arrayRepeat('a', 3) // => ['a', 'a', 'a']
 */
export const arrayRepeat = <const V extends ColumnOrLiteral, const C extends NumberOrColumn>(
  value: V,
  times: C,
): Column<ArrayType<Extract<TypeOf<V>, AnyType>, NullOf<C>>> => callFunction('array_repeat', value, times)

interface Sequence {
  /** Of whole numbers; the step is 1 or -1 unless said. */
  <A extends Integral, B extends Integral, S extends Integral = never>(
    start: Column<A>,
    stop: Column<B>,
    step?: Column<S>,
  ): Column<ArrayType<WithNull<Arithmetic<A, B>, false>, AnyNull<A | B | S>>>
  /** Of dates or times; the step is an interval, one day unless said. */
  <T extends ScalarType<'date' | 'timestamp' | 'timestamp_ntz', boolean>, S extends AnyType = never>(
    start: Column<T>,
    stop: Column<T>,
    step?: Column<S>,
  ): Column<ArrayType<WithNull<T, false>, AnyNull<T | S>>>
}

/**
 * The values from `start` to `stop`, both included, in steps; null if an argument is, and an error for a step that leads away.
 * @example sequence(lit(1), lit(5), lit(2)) // => [1, 3, 5]
 * @example sequence(lit('2026-01-30').cast(t.date), lit('2026-02-01').cast(t.date)) // => ['2026-01-30', '2026-01-31', '2026-02-01']
 */
export const sequence: Sequence = (
  start: Column<AnyType>,
  stop: Column<AnyType>,
  step?: Column<AnyType>,
): Column<never> =>
  step === undefined ? callFunction('sequence', start, stop) : callFunction('sequence', start, stop, step)

/**
 * The number of elements; null for a null array.
 * @example arraySize(array(lit('a'))) // => 1
 */
export const arraySize = <R extends AnyArrayColumn>(column: R): Column<IntegerType<NullOf<R>>> =>
  callFunction('array_size', column)

type Collection = AnyArrayColumn | Column<MapType<AnyType, AnyType, boolean>>

/**
 * The number of elements of an array or of entries of a map; of null it is null under ANSI mode, else -1.
 * @example size(createMap([lit('a'), lit(1)])) // => 1
 */
export const size = <R extends Collection>(column: R): Column<IntegerType<NullOf<R>>> =>
  callFunction('size', column)

/**
 * The number of elements or entries; another name of `size`.
 * @example cardinality(array(lit(1), lit(2))) // => 2
 */
export const cardinality = <R extends Collection>(column: R): Column<IntegerType<NullOf<R>>> =>
  callFunction('cardinality', column)

/**
 * The element at a zero-based index; null outside the array.
 * @example get(array(lit('a'), lit('b')), 1) // => 'b'
 */
export const get = <E extends AnyType>(
  column: ArrayColumn<E, boolean>,
  index: number | IndexColumn,
): Column<WithNull<E, boolean>> => callFunction('get', column, index)

interface ElementAt {
  /** An array’s element at a one-based index, from the end where it is negative. */
  <E extends AnyType>(
    column: ArrayColumn<E, boolean>,
    index: number | IndexColumn,
  ): Column<WithNull<E, boolean>>
  /** A map’s value of a key; null where it has none. */
  <K extends AnyType, V extends AnyType>(
    column: Column<MapType<K, V, boolean>>,
    key: Comparable<K>,
  ): Column<WithNull<V, boolean>>
}

const elementBy =
  (name: string): ElementAt =>
  (column: Column<AnyType>, key: unknown): Column<never> =>
    callFunction(name, column, key as ColumnOrLiteral)

/**
 * An array’s element at a one-based index, from the end where it is negative, or a map’s value of a key. Outside an array it fails under ANSI mode, else it is null.
 * @example elementAt(array(lit('a'), lit('b')), -1) // => 'b'
 * @example elementAt(createMap([lit('a'), lit(1)]), 'b') // => null
 */
export const elementAt = elementBy('element_at')

/**
 * An array’s element at a one-based index, from the end where it is negative, or a map’s value of a key; null where there is none.
 * @example tryElementAt(array(lit('a')), 2) // => null
 */
export const tryElementAt = elementBy('try_element_at')

/**
 * At most `length` elements from a one-based index, from the end where it is negative.
 * @example slice(array(lit(1), lit(2), lit(3)), 2, 9) // => [2, 3]
 */
export const slice = <
  E extends AnyType,
  N extends boolean,
  const P extends number | IndexColumn,
  const L extends number | IndexColumn,
>(
  column: ArrayColumn<E, N>,
  start: P,
  length: L,
): Column<ArrayType<E, N | NullOf<P | L>>> => callFunction('slice', column, start, length)

/**
 * Joins texts; nulls are left out, or replaced.
 * @example arrayJoin(array(lit('a'), nullOf(t.string), lit('b')), '-') // => 'a-b'
 * @example arrayJoin(array(lit('a'), nullOf(t.string)), '-', '?') // => 'a-?'
 */
export const arrayJoin = <N extends boolean>(
  column: ArrayColumn<StringType<boolean>, N>,
  delimiter: string,
  nullReplacement?: string,
): Column<StringType<N>> =>
  nullReplacement === undefined
    ? callFunction('array_join', column, delimiter)
    : callFunction('array_join', column, delimiter, nullReplacement)

/**
 * The one-based place of a value’s first occurrence; 0 where there is none, null for a null value.
 * @example arrayPosition(array(lit('a'), lit('b')), 'b') // => 2n
 */
export const arrayPosition = <E extends AnyType, N extends boolean, const V extends Comparable<E>>(
  column: ArrayColumn<E, N>,
  value: V,
): Column<LongType<N | AnyNull<Extract<TypeOf<V>, AnyType>>>> => callFunction('array_position', column, value)

/**
 * Whether a value is in the array; null where that depends on a null.
 * @example arrayContains(array(lit(1), nullOf(t.integer)), 2) // => null
 */
export const arrayContains = <E extends AnyType, N extends boolean, const V extends Comparable<E>>(
  column: ArrayColumn<E, N>,
  value: V,
): Column<BooleanType<AnyNull<E | Extract<TypeOf<V>, AnyType>> | N>> =>
  callFunction('array_contains', column, value)

/**
 * The largest element, nulls left out; null where there is none.
 * @example arrayMax(array(lit(1), lit(3))) // => 3
 */
export const arrayMax = <E extends AnyType>(column: ArrayColumn<E, boolean>): Column<WithNull<E, boolean>> =>
  callFunction('array_max', column)

/**
 * The smallest element, nulls left out; null where there is none.
 * @example arrayMin(array(lit(2), lit(1))) // => 1
 */
export const arrayMin = <E extends AnyType>(column: ArrayColumn<E, boolean>): Column<WithNull<E, boolean>> =>
  callFunction('array_min', column)

/**
 * Whether the arrays share an element; null where that depends on a null.
 * @example arraysOverlap(array(lit(1), lit(2)), array(lit(2))) // => true
 */
export const arraysOverlap = <E extends AnyType, M extends boolean, F extends SameKind<E>, N extends boolean>(
  left: ArrayColumn<E, M>,
  right: ArrayColumn<F, N>,
): Column<BooleanType<M | N | AnyNull<E | F>>> => callFunction('arrays_overlap', left, right)
