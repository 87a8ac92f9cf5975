import type { AnyType, ArrayType } from '../../types/data-type.ts'
import type { AnyNull, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { ColumnOrLiteral, Comparable, SameKind, TypeOf } from '../operand.ts'
import { callFunction, type IntegerType, type NullOf } from './call.ts'
import type { ArrayColumn, ElementOperand, Joined } from './element.ts'

/**
 * The array with a value, or a null, at its end.
 * @example arrayAppend(array(lit(1)), 2) // => [1, 2]
 */
export const arrayAppend = <E extends AnyType, N extends boolean, const V>(
  column: ArrayColumn<E, N>,
  value: ElementOperand<E, V>,
): Column<ArrayType<Joined<E, V>, N>> => callFunction('array_append', column, value as ColumnOrLiteral)

/**
 * The array with a value, or a null, before its start.
 * @example arrayPrepend(array(lit('b')), 'a') // => ['a', 'b']
 */
export const arrayPrepend = <E extends AnyType, N extends boolean, const V>(
  column: ArrayColumn<E, N>,
  value: ElementOperand<E, V>,
): Column<ArrayType<Joined<E, V>, N>> => callFunction('array_prepend', column, value as ColumnOrLiteral)

/**
 * The array with a value at a one-based place, from the end where it is negative; beyond the end, nulls fill the gap.
 * @example arrayInsert(array(lit('a'), lit('c')), 2, 'b') // => ['a', 'b', 'c']
 * @example arrayInsert(array(lit('a')), 3, 'c') // => ['a', null, 'c']
 */
export const arrayInsert = <
  E extends AnyType,
  N extends boolean,
  const P extends number | Column<IntegerType<boolean>>,
  const V,
>(
  column: ArrayColumn<E, N>,
  position: P,
  value: ElementOperand<E, V>,
): Column<ArrayType<WithNull<E, boolean>, N | NullOf<P>>> =>
  callFunction('array_insert', column, position, value as ColumnOrLiteral)

/**
 * The array without the elements that equal a value; null for a null value.
 * @example arrayRemove(array(lit(1), lit(2), lit(1)), 1) // => [2]
 */
export const arrayRemove = <E extends AnyType, N extends boolean, const V extends Comparable<E>>(
  column: ArrayColumn<E, N>,
  value: V,
): Column<ArrayType<E, N | AnyNull<Extract<TypeOf<V>, AnyType>>>> =>
  callFunction('array_remove', column, value)

/**
 * The array without its nulls.
 * @example arrayCompact(array(lit(1), nullOf(t.integer))) // => [1]
 */
export const arrayCompact = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
): Column<ArrayType<WithNull<E, false>, N>> => callFunction('array_compact', column)

/**
 * The array without repeats.
 * @example arrayDistinct(array(lit(1), lit(2), lit(1))) // => [1, 2]
 */
export const arrayDistinct = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
): Column<ArrayType<E, N>> => callFunction('array_distinct', column)

/**
 * The elements of the first array that the second has not, without repeats.
 * @example arrayExcept(array(lit(1), lit(2)), array(lit(2))) // => [1]
 */
export const arrayExcept = <E extends AnyType, M extends boolean, N extends boolean>(
  left: ArrayColumn<E, M>,
  right: ArrayColumn<SameKind<E>, N>,
): Column<ArrayType<E, M | N>> => callFunction('array_except', left, right)

/**
 * The elements that both arrays have, without repeats.
 * @example arrayIntersect(array(lit(1), lit(2)), array(lit(2))) // => [2]
 */
export const arrayIntersect = <E extends AnyType, M extends boolean, N extends boolean>(
  left: ArrayColumn<E, M>,
  right: ArrayColumn<SameKind<E>, N>,
): Column<ArrayType<E, M | N>> => callFunction('array_intersect', left, right)

/**
 * The elements of both arrays, without repeats.
 * @example arrayUnion(array(lit(1), lit(2)), array(lit(2), lit(3))) // => [1, 2, 3]
 */
export const arrayUnion = <E extends AnyType, M extends boolean, F extends SameKind<E>, N extends boolean>(
  left: ArrayColumn<E, M>,
  right: ArrayColumn<F, N>,
): Column<ArrayType<WithNull<E, AnyNull<E | F>>, M | N>> => callFunction('array_union', left, right)

/**
 * The elements in their order, nulls first, or in the other direction, nulls last.
 * @example sortArray(array(lit(2), nullOf(t.integer), lit(1))) // => [null, 1, 2]
 */
export const sortArray = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
  isAscending = true,
): Column<ArrayType<E, N>> => callFunction('sort_array', column, isAscending)

/**
 * The elements in a random order; a seed, for servers from 4.0 on, makes it always the same.
 * @example sortArray(shuffle(array(lit(1), lit(2), lit(3)), 7)) // => [1, 2, 3]
 */
export const shuffle = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
  seed?: number | bigint,
): Column<ArrayType<E, N>> => callFunction('shuffle', column, ...(seed === undefined ? [] : [BigInt(seed)]))

/**
 * The elements of the arrays of an array, one level up; null if one of them is.
 * @example flatten(array(array(lit(1)), array(lit(2), lit(3)))) // => [1, 2, 3]
 */
export const flatten = <E extends AnyType, M extends boolean, N extends boolean>(
  column: ArrayColumn<ArrayType<E, M>, N>,
): Column<ArrayType<E, M | N>> => callFunction('flatten', column)
