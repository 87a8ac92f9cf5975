import type { AnyType, ArrayType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { BooleanType } from '../operand.ts'
import { callFunction, type IntegerType } from './call.ts'
import type { ArrayColumn } from './element.ts'
import { callHigherOrder, lambdaOf } from './lambda.ts'

type Index = Column<IntegerType<false>>

/**
 * Applies `body` to each element and its zero-based index.
 * @example transform(array(lit(1), lit(2)), (x, i) => x.plus(i)) // => [1, 3]
 */
export const transform = <E extends AnyType, N extends boolean, R extends AnyType>(
  column: ArrayColumn<E, N>,
  body: (element: Column<E>, index: Index) => Column<R>,
): Column<ArrayType<R, N>> => callHigherOrder('transform', [column], lambdaOf(['x', 'i'], body))

/**
 * The elements for which the condition is true of the element and its zero-based index.
 * @example filter(array(lit(1), lit(2), lit(3)), (x) => x.gt(1)) // => [2, 3]
 */
export const filter = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
  condition: (element: Column<E>, index: Index) => Column<BooleanType<boolean>>,
): Column<ArrayType<E, N>> => callHigherOrder('filter', [column], lambdaOf(['x', 'i'], condition))

/**
 * Whether the condition is true of an element; null where that depends on a null.
 * @example exists(array(lit(1), lit(2)), (x) => x.gt(1)) // => true
 */
export const exists = <E extends AnyType, N extends boolean, M extends boolean>(
  column: ArrayColumn<E, N>,
  condition: (element: Column<E>) => Column<BooleanType<M>>,
): Column<BooleanType<N | M>> => callHigherOrder('exists', [column], lambdaOf(['x'], condition))

/**
 * Whether the condition is true of all elements; null where that depends on a null.
 * @example forall(array(lit(1), lit(2)), (x) => x.gt(1)) // => false
 */
export const forall = <E extends AnyType, N extends boolean, M extends boolean>(
  column: ArrayColumn<E, N>,
  condition: (element: Column<E>) => Column<BooleanType<M>>,
): Column<BooleanType<N | M>> => callHigherOrder('forall', [column], lambdaOf(['x'], condition))

/**
 * Applies `body` to the elements of two arrays, pair by pair; the shorter array is filled up with nulls.
 * @example zipWith(array(lit(1), lit(2)), array(lit(10), lit(20)), (x, y) => x.plus(y)) // => [11, 22]
 */
export const zipWith = <
  E extends AnyType,
  F extends AnyType,
  R extends AnyType,
  M extends boolean,
  N extends boolean,
>(
  left: ArrayColumn<E, M>,
  right: ArrayColumn<F, N>,
  body: (left: Column<WithNull<E, boolean>>, right: Column<WithNull<F, boolean>>) => Column<R>,
): Column<ArrayType<R, M | N>> => callHigherOrder('zip_with', [left, right], lambdaOf(['x', 'y'], body))

/**
 * The elements in their order, nulls last; or by a comparison that gives a negative number where the first element comes first, 0 where they are equal, else a positive one.
 * @example arraySort(array(lit(2), nullOf(t.integer), lit(1))) // => [1, 2, null]
 * @example arraySort(array(lit(1), lit(2)), (x, y) => y.minus(x)) // => [2, 1]
 */
export const arraySort = <E extends AnyType, N extends boolean>(
  column: ArrayColumn<E, N>,
  compare?: (first: Column<E>, second: Column<E>) => Column<IntegerType<boolean>>,
): Column<ArrayType<E, N>> =>
  compare === undefined
    ? callFunction('array_sort', column)
    : callHigherOrder('array_sort', [column], lambdaOf(['x', 'y'], compare))

interface Fold {
  <E extends AnyType, A extends AnyType>(
    column: ArrayColumn<E, boolean>,
    initial: Column<A>,
    merge: (accumulator: Column<WithNull<A, boolean>>, element: Column<E>) => Column<WithNull<A, boolean>>,
  ): Column<WithNull<A, boolean>>
  <E extends AnyType, A extends AnyType, R extends AnyType>(
    column: ArrayColumn<E, boolean>,
    initial: Column<A>,
    merge: (accumulator: Column<WithNull<A, boolean>>, element: Column<E>) => Column<WithNull<A, boolean>>,
    finish: (accumulator: Column<WithNull<A, boolean>>) => Column<R>,
  ): Column<WithNull<R, boolean>>
}

const fold =
  (name: string): Fold =>
  (
    column: ArrayColumn<AnyType, boolean>,
    initial: Column<AnyType>,
    merge: (accumulator: Column<never>, element: Column<never>) => Column<AnyType>,
    finish?: (accumulator: Column<never>) => Column<AnyType>,
  ): Column<never> => {
    const lambdas = [lambdaOf(['acc', 'x'], merge), ...(finish ? [lambdaOf(['acc'], finish)] : [])]
    return callHigherOrder(name, [column, initial], ...lambdas)
  }

/**
 * Merges the elements into one value, from the first on, which `finish` may convert. `merge` gives the type of the initial value.
 * @example aggregate(array(lit(1), lit(2), lit(3)), lit(0), (sum, x) => sum.plus(x)) // => 6
 * @example aggregate(array(lit(1), lit(2)), lit(0), (sum, x) => sum.plus(x), (sum) => sum.times(10)) // => 30
 */
export const aggregate = fold('aggregate')

/**
 * Merges the elements into one value; another name of `aggregate`.
 * @example reduce(array(lit('a'), lit('b')), lit(''), (text, x) => concat(text, x)) // => 'ab'
 */
export const reduce = fold('reduce')
