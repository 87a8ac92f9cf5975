import type { ScalarType } from '../../types/data-type.ts'
import type { AllNull, AnyNumeric, Arithmetic, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type LongType, type NullOf, type NumberOrColumn } from './call.ts'

const unary =
  (name: string) =>
  <const R extends NumberOrColumn>(column: R): Column<DoubleType<NullOf<R>>> =>
    callFunction(name, column)

/** `ln(1 + x)`; null for x <= -1. */
export const log1p = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> =>
  callFunction('log1p', column)

/** Natural logarithm; null for x <= 0. */
export const ln = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> => callFunction('ln', column)

export const exp = unary('exp')
export const sqrt = unary('sqrt')

export const pow = <const B extends NumberOrColumn, const E extends NumberOrColumn>(
  base: B,
  exponent: E,
): Column<DoubleType<NullOf<B | E>>> => callFunction('power', base, exponent)

export const floor = <R extends Column<AnyNumeric>>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('floor', column)

export const ceil = <R extends Column<AnyNumeric>>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('ceil', column)

export const abs = <T extends AnyNumeric>(column: Column<T>): Column<T> => callFunction('abs', column)

export const round = <T extends AnyNumeric>(column: Column<T>, scale = 0): Column<T> =>
  callFunction('round', column, scale)

/** The larger; null only if both are. */
export const greatest = <A extends AnyNumeric, B extends AnyNumeric>(
  left: Column<A>,
  right: Column<B>,
): Column<WithNull<Arithmetic<A, B>, AllNull<[A, B]>>> => callFunction('greatest', left, right)

/** The smaller; null only if both are. */
export const least = <A extends AnyNumeric, B extends AnyNumeric>(
  left: Column<A>,
  right: Column<B>,
): Column<WithNull<Arithmetic<A, B>, AllNull<[A, B]>>> => callFunction('least', left, right)

/** Division that is null, never an error, where the divisor is zero. */
export const tryDivide = (left: Column<AnyNumeric>, right: Column<AnyNumeric>): Column<DoubleType<boolean>> =>
  callFunction('try_divide', left, right)

/** -1.0, 0.0 or 1.0. */
export const signum = <N extends boolean>(
  column: Column<AnyNumeric & { isNullable: N }>,
): Column<ScalarType<'double', N>> => callFunction('signum', column)
