import type { ScalarType } from '../../types/data-type.ts'
import type { AllNull, AnyNumeric, Arithmetic, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type LongType, type NullOf, type NumberOrColumn } from './call.ts'

const unary =
  (name: string) =>
  <const R extends NumberOrColumn>(column: R): Column<DoubleType<NullOf<R>>> =>
    callFunction(name, column)

/**
 * `ln(1 + x)`; null for x <= -1.
 * @example log1p(lit(0)) // => 0
 */
export const log1p = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> =>
  callFunction('log1p', column)

/**
 * Natural logarithm; null for x <= 0.
 * @example ln(lit(1)) // => 0
 */
export const ln = (column: Column<AnyNumeric>): Column<DoubleType<boolean>> => callFunction('ln', column)

/**
 * e to the power of x.
 * @example exp(0) // => 1
 */
export const exp = unary('exp')
/**
 * The square root; NaN for a negative number.
 * @example sqrt(lit(9)) // => 3
 */
export const sqrt = unary('sqrt')

/**
 * `base` to the power of `exponent`, as a double.
 * @example pow(lit(2), 10) // => 1024
 */
export const pow = <const B extends NumberOrColumn, const E extends NumberOrColumn>(
  base: B,
  exponent: E,
): Column<DoubleType<NullOf<B | E>>> => callFunction('power', base, exponent)

/**
 * Rounds down to a long.
 * @example floor(lit(-1.5)) // => -2n
 */
export const floor = <R extends Column<AnyNumeric>>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('floor', column)

/**
 * Rounds up to a long.
 * @example ceil(lit(-1.5)) // => -1n
 */
export const ceil = <R extends Column<AnyNumeric>>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('ceil', column)

/**
 * The absolute value.
 * @example abs(lit(-1)) // => 1
 */
export const abs = <T extends AnyNumeric>(column: Column<T>): Column<T> => callFunction('abs', column)

/**
 * Rounds half away from zero, to `scale` decimals.
 * @example round(lit(2.5)) // => 3
 */
export const round = <T extends AnyNumeric>(column: Column<T>, scale = 0): Column<T> =>
  callFunction('round', column, scale)

/**
 * The larger; null only if both are.
 * @example greatest(lit(1), lit(2)) // => 2
 */
export const greatest = <A extends AnyNumeric, B extends AnyNumeric>(
  left: Column<A>,
  right: Column<B>,
): Column<WithNull<Arithmetic<A, B>, AllNull<[A, B]>>> => callFunction('greatest', left, right)

/**
 * The smaller; null only if both are.
 * @example least(lit(1), lit(2)) // => 1
 */
export const least = <A extends AnyNumeric, B extends AnyNumeric>(
  left: Column<A>,
  right: Column<B>,
): Column<WithNull<Arithmetic<A, B>, AllNull<[A, B]>>> => callFunction('least', left, right)

/**
 * Division that is null, never an error, where the divisor is zero.
 * @example tryDivide(lit(1), lit(0)) // => null
 */
export const tryDivide = (left: Column<AnyNumeric>, right: Column<AnyNumeric>): Column<DoubleType<boolean>> =>
  callFunction('try_divide', left, right)

/**
 * -1.0, 0.0 or 1.0.
 * @example signum(lit(-2.5)) // => -1
 */
export const signum = <N extends boolean>(
  column: Column<AnyNumeric & { isNullable: N }>,
): Column<ScalarType<'double', N>> => callFunction('signum', column)
