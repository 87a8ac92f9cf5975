import type { AnyType, ScalarType } from '../../types/data-type.ts'
import type { AnyNumeric, IntegralKind, WithNull } from '../../types/value.ts'
import type { BooleanColumn, Column } from '../column.ts'
import { callDistinct, callFunction, type DoubleType, type LongType } from './call.ts'
import type { FractionOf, SumType } from './numeric-type.ts'

type BooleanType<N extends boolean> = ScalarType<'boolean', N>
type Integral = ScalarType<IntegralKind, boolean>

/**
 * The number of rows in which the column is not null; without a column, of all rows.
 * @example spark.range(0n, 3n).agg((c) => ({ x: count() })) // => [{ x: 3n }]
 */
export const count = (column?: Column<AnyType>): Column<LongType<false>> => callFunction('count', column ?? 1)

/**
 * The number of different combinations without a null.
 * @example spark.range(0n, 3n).agg((c) => ({ x: countDistinct(c.id.mod(2)) })) // => [{ x: 2n }]
 */
export const countDistinct = (
  first: Column<AnyType>,
  ...rest: readonly Column<AnyType>[]
): Column<LongType<false>> => callDistinct('count', first, ...rest)

/**
 * The number of rows for which the condition is true.
 * @example spark.range(0n, 3n).agg((c) => ({ x: countIf(c.id.gt(0)) })) // => [{ x: 2n }]
 */
export const countIf = (condition: BooleanColumn): Column<LongType<false>> =>
  callFunction('count_if', condition)

/**
 * About how many different values there are; `relativeSd` is the standard deviation to allow, 0.05 unless said.
 * @example spark.range(0n, 3n).agg((c) => ({ x: approxCountDistinct(c.id) })) // => [{ x: 3n }]
 */
export const approxCountDistinct = (column: Column<AnyType>, relativeSd?: number): Column<LongType<false>> =>
  relativeSd === undefined
    ? callFunction('approx_count_distinct', column)
    : callFunction('approx_count_distinct', column, relativeSd)

/**
 * The sum, a long of whole numbers; null where a group has no value; fails on overflow under ANSI mode.
 * @example spark.range(0n, 3n).agg((c) => ({ x: sum(c.id) })) // => [{ x: 3n }]
 */
export const sum = <T extends AnyNumeric>(column: Column<T>): Column<SumType<T>> =>
  callFunction('sum', column)

/**
 * The sum of the different values; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: sumDistinct(c.id.mod(2)) })) // => [{ x: 1n }]
 */
export const sumDistinct = <T extends AnyNumeric>(column: Column<T>): Column<SumType<T>> =>
  callDistinct('sum', column)

/**
 * The sum; null where it overflows or a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: trySum(lit(9223372036854775807n)) })) // => [{ x: null }]
 */
export const trySum = <T extends AnyNumeric>(column: Column<T>): Column<SumType<T>> =>
  callFunction('try_sum', column)

/**
 * The product, as a double; null where a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: product(c.id.plus(1)) })) // => [{ x: 6 }]
 */
export const product = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> =>
  callFunction('product', column)

/**
 * The mean; null where a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: avg(c.id.times(c.id)) })) // => [{ x: 5 / 3 }]
 */
export const avg = <T extends AnyNumeric>(column: Column<T>): Column<FractionOf<T, boolean>> =>
  callFunction('avg', column)

/**
 * The mean; another name of `avg`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: mean(c.id) })) // => [{ x: 1 }]
 */
export const mean = <T extends AnyNumeric>(column: Column<T>): Column<FractionOf<T, boolean>> =>
  callFunction('mean', column)

/**
 * The mean; null where its sum overflows or a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: tryAvg(c.id) })) // => [{ x: 1 }]
 */
export const tryAvg = <T extends AnyNumeric>(column: Column<T>): Column<FractionOf<T, boolean>> =>
  callFunction('try_avg', column)

/**
 * The smallest value; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: min(c.id) })) // => [{ x: 0n }]
 */
export const min = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('min', column)

/**
 * The largest value; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: max(c.id) })) // => [{ x: 2n }]
 */
export const max = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('max', column)

/**
 * The value beside the largest `ordering`; rows whose ordering is null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ x: maxBy(c.id, c.id.mod(2)) })) // => [{ x: 1n }]
 */
export const maxBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('max_by', column, ordering)

/**
 * The value beside the smallest `ordering`; rows whose ordering is null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ x: minBy(c.id, c.id.negate()) })) // => [{ x: 2n }]
 */
export const minBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('min_by', column, ordering)

interface NullHandling {
  /** Leaves nulls out; a null counts as a value unless said. */
  readonly ignoreNulls?: boolean
}

/**
 * The first value that arrives; null if that is, unless nulls are ignored.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: first(nullif(c.id, 0), { ignoreNulls: true }) })) // => [{ x: 1n }]
 */
export const first = <T extends AnyType>(
  column: Column<T>,
  { ignoreNulls = false }: NullHandling = {},
): Column<WithNull<T, boolean>> => callFunction('first', column, ignoreNulls)

/**
 * The first value that arrives; another name of `first`.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: firstValue(c.id) })) // => [{ x: 0n }]
 */
export const firstValue = <T extends AnyType>(
  column: Column<T>,
  { ignoreNulls = false }: NullHandling = {},
): Column<WithNull<T, boolean>> => callFunction('first_value', column, ignoreNulls)

/**
 * The last value that arrives; null if that is, unless nulls are ignored.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: last(c.id) })) // => [{ x: 2n }]
 */
export const last = <T extends AnyType>(
  column: Column<T>,
  { ignoreNulls = false }: NullHandling = {},
): Column<WithNull<T, boolean>> => callFunction('last', column, ignoreNulls)

/**
 * The last value that arrives; another name of `last`.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: lastValue(nullif(c.id, 2), { ignoreNulls: true }) })) // => [{ x: 1n }]
 */
export const lastValue = <T extends AnyType>(
  column: Column<T>,
  { ignoreNulls = false }: NullHandling = {},
): Column<WithNull<T, boolean>> => callFunction('last_value', column, ignoreNulls)

/**
 * Some value of the group; it may be null, unless nulls are ignored.
 * @example spark.range(0n, 3n).agg((c) => ({ x: anyValue(lit('a')) })) // => [{ x: 'a' }]
 */
export const anyValue = <T extends AnyType>(
  column: Column<T>,
  { ignoreNulls = false }: NullHandling = {},
): Column<WithNull<T, boolean>> => callFunction('any_value', column, ignoreNulls)

/**
 * Whether all values are true, nulls left out; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: boolAnd(c.id.gt(0)) })) // => [{ x: false }]
 */
export const boolAnd = (condition: BooleanColumn): Column<BooleanType<boolean>> =>
  callFunction('bool_and', condition)

/**
 * Whether all values are true; another name of `boolAnd`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: every(c.id.lt(3)) })) // => [{ x: true }]
 */
export const every = (condition: BooleanColumn): Column<BooleanType<boolean>> =>
  callFunction('every', condition)

/**
 * Whether any value is true, nulls left out; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: boolOr(c.id.gt(1)) })) // => [{ x: true }]
 */
export const boolOr = (condition: BooleanColumn): Column<BooleanType<boolean>> =>
  callFunction('bool_or', condition)

/**
 * Whether any value is true; another name of `boolOr`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: some(c.id.gt(2)) })) // => [{ x: false }]
 */
export const some = (condition: BooleanColumn): Column<BooleanType<boolean>> =>
  callFunction('some', condition)

/**
 * The bits that all values have; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: bitAnd(c.id.plus(5)) })) // => [{ x: 4n }]
 */
export const bitAnd = <T extends Integral>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('bit_and', column)

/**
 * The bits that any value has; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: bitOr(c.id) })) // => [{ x: 3n }]
 */
export const bitOr = <T extends Integral>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('bit_or', column)

/**
 * The bits that an odd number of the values have; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: bitXor(c.id) })) // => [{ x: 3n }]
 */
export const bitXor = <T extends Integral>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('bit_xor', column)

/**
 * Of a row of a rollup or cube: 1 where the row is a total over this grouping column, else 0.
 * @example await spark.range(0n, 1n).agg((c) => ({ x: grouping(c.id) })).collect().catch((error) => error.errorClass) // => 'UNSUPPORTED_GROUPING_EXPRESSION'
 */
export const grouping = (column: Column<AnyType>): Column<ScalarType<'byte', false>> =>
  callFunction('grouping', column)

/**
 * Of a row of a rollup or cube: the `grouping` of each grouping column as the bits of a number, the first the highest. Names all grouping columns in their order, or none.
 * @example await spark.range(0n, 1n).agg((c) => ({ x: groupingId(c.id) })).collect().catch((error) => error.errorClass) // => 'UNSUPPORTED_GROUPING_EXPRESSION'
 */
export const groupingId = (...columns: readonly Column<AnyType>[]): Column<LongType<false>> =>
  callFunction('grouping_id', ...columns)
