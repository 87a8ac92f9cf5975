import type { AnyType, ArrayType, ScalarType } from '../../types/data-type.ts'
import type { AnyNumeric, IntegralKind, WithNull } from '../../types/value.ts'
import type { BooleanColumn, Column } from '../column.ts'
import { callDistinct, callFunction, type DoubleType, type LongType } from './call.ts'

type SumType<T extends AnyType> =
  T extends ScalarType<IntegralKind, boolean>
    ? LongType<boolean>
    : T extends ScalarType<'float' | 'double', boolean>
      ? DoubleType<boolean>
      : WithNull<T, boolean>

/**
 * The number of rows in which the column is not null; without a column, of all rows.
 * @example spark.range(0n, 3n).agg(() => ({ n: count() })) // => [{ n: 3n }]
 */
export const count = (column?: Column<AnyType>): Column<LongType<false>> => callFunction('count', column ?? 1)

/**
 * The number of different combinations without a null.
 * @example spark.range(0n, 3n).agg((c) => ({ n: countDistinct(c.id.mod(2)) })) // => [{ n: 2n }]
 */
export const countDistinct = (
  first: Column<AnyType>,
  ...rest: readonly Column<AnyType>[]
): Column<LongType<false>> => callDistinct('count', first, ...rest)

/**
 * The number of rows for which the condition is true.
 * @example spark.range(0n, 3n).agg((c) => ({ n: countIf(c.id.gt(0)) })) // => [{ n: 2n }]
 */
export const countIf = (condition: BooleanColumn): Column<LongType<false>> =>
  callFunction('count_if', condition)

/**
 * The sum, a long of whole numbers; null where a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ s: sum(c.id) })) // => [{ s: 3n }]
 */
export const sum = <T extends AnyNumeric>(column: Column<T>): Column<SumType<T>> =>
  callFunction('sum', column)

/**
 * The mean; null where a group has no value.
 * @example spark.range(0n, 4n).agg((c) => ({ m: avg(c.id) })) // => [{ m: 1.5 }]
 */
export const avg = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> => callFunction('avg', column)

/**
 * The smallest value; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ m: min(c.id) })) // => [{ m: 0n }]
 */
export const min = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('min', column)

/**
 * The largest value; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ m: max(c.id) })) // => [{ m: 2n }]
 */
export const max = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('max', column)

/**
 * The value beside the largest `ordering`; rows whose ordering is null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ m: maxBy(c.id, c.id.mod(2)) })) // => [{ m: 1n }]
 */
export const maxBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('max_by', column, ordering)

/**
 * The value beside the smallest `ordering`; rows whose ordering is null do not count.
 * @example spark.range(1n, 3n).agg((c) => ({ m: minBy(c.id, c.id.mod(2)) })) // => [{ m: 2n }]
 */
export const minBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('min_by', column, ordering)

/**
 * The first value that arrives; null if that is, unless nulls are ignored.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ f: first(nullif(c.id, 0), { ignoreNulls: true }) })) // => [{ f: 1n }]
 */
export const first = <T extends AnyType>(
  column: Column<T>,
  options: { readonly ignoreNulls?: boolean } = {},
): Column<WithNull<T, boolean>> => callFunction('first', column, options.ignoreNulls ?? false)

/**
 * The last value that arrives; null if that is, unless nulls are ignored.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ l: last(c.id) })) // => [{ l: 2n }]
 */
export const last = <T extends AnyType>(
  column: Column<T>,
  options: { readonly ignoreNulls?: boolean } = {},
): Column<WithNull<T, boolean>> => callFunction('last', column, options.ignoreNulls ?? false)

/**
 * The values without nulls, in the order in which they arrive.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ l: collectList(c.id) })) // => [{ l: [0n, 1n, 2n] }]
 */
export const collectList = <T extends AnyType>(
  column: Column<T>,
): Column<ArrayType<WithNull<T, false>, false>> => callFunction('collect_list', column)
