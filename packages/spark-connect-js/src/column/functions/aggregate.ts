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

/** The number of rows in which the column is not null; without a column, of all rows. */
export const count = (column?: Column<AnyType>): Column<LongType<false>> => callFunction('count', column ?? 1)

export const countDistinct = (
  first: Column<AnyType>,
  ...rest: readonly Column<AnyType>[]
): Column<LongType<false>> => callDistinct('count', first, ...rest)

export const countIf = (condition: BooleanColumn): Column<LongType<false>> =>
  callFunction('count_if', condition)

/** Null where a group has no value. */
export const sum = <T extends AnyNumeric>(column: Column<T>): Column<SumType<T>> =>
  callFunction('sum', column)

export const avg = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> => callFunction('avg', column)

export const min = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('min', column)

export const max = <T extends AnyType>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('max', column)

/** The value beside the largest `ordering`; rows whose ordering is null do not count. */
export const maxBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('max_by', column, ordering)

export const minBy = <T extends AnyType>(
  column: Column<T>,
  ordering: Column<AnyType>,
): Column<WithNull<T, boolean>> => callFunction('min_by', column, ordering)

export const first = <T extends AnyType>(
  column: Column<T>,
  options: { readonly ignoreNulls?: boolean } = {},
): Column<WithNull<T, boolean>> => callFunction('first', column, options.ignoreNulls ?? false)

export const last = <T extends AnyType>(
  column: Column<T>,
  options: { readonly ignoreNulls?: boolean } = {},
): Column<WithNull<T, boolean>> => callFunction('last', column, options.ignoreNulls ?? false)

export const collectList = <T extends AnyType>(
  column: Column<T>,
): Column<ArrayType<WithNull<T, false>, false>> => callFunction('collect_list', column)
