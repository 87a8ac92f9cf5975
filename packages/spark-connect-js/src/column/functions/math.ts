import type { AnyType, DecimalType } from '../../types/data-type.ts'
import type { AllNull, AnyNull, AnyNumeric, Arithmetic, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type LongType, type NullOf, type NumberOrColumn } from './call.ts'
import type { NumericType, Operand, Quotient, WholeOf, Widest } from './numeric-type.ts'

/**
 * The absolute value.
 * @example abs(lit(-1)) // => 1
 */
export const abs = <T extends AnyNumeric>(column: Column<T>): Column<T> => callFunction('abs', column)

/**
 * The number with the other sign.
 * @example negative(lit(1)) // => -1
 */
export const negative = <T extends AnyNumeric>(column: Column<T>): Column<T> =>
  callFunction('negative', column)

/**
 * The number with the other sign; another name of `negative`.
 * @example negate(lit(-2.5)) // => 2.5
 */
export const negate = <T extends AnyNumeric>(column: Column<T>): Column<T> => callFunction('negative', column)

/**
 * The number as it is.
 * @example positive(lit(-1)) // => -1
 */
export const positive = <T extends AnyNumeric>(column: Column<T>): Column<T> =>
  callFunction('positive', column)

/**
 * Rounds half away from zero, to `scale` decimals; a negative scale rounds before the point.
 * @example round(lit(2.5)) // => 3
 */
export const round = <T extends AnyNumeric>(column: Column<T>, scale = 0): Column<WithNull<T, boolean>> =>
  callFunction('round', column, scale)

/**
 * Rounds half to even, to `scale` decimals; a negative scale rounds before the point.
 * @example bround(lit(2.5)) // => 2
 */
export const bround = <T extends AnyNumeric>(column: Column<T>, scale = 0): Column<WithNull<T, boolean>> =>
  callFunction('bround', column, scale)

interface Rounding {
  /** To a long, or of a decimal to a decimal without a fraction. */
  <T extends AnyNumeric>(column: Column<T>): Column<WholeOf<T, AnyNull<T>>>
  /** To `scale` decimals, as a decimal. */
  <T extends AnyNumeric>(column: Column<T>, scale: number): Column<DecimalType<boolean>>
}

const rounding =
  (name: string): Rounding =>
  (column: Column<AnyNumeric>, scale?: number): Column<never> =>
    scale === undefined ? callFunction(name, column) : callFunction(name, column, scale)

/**
 * Rounds down, to a long; with a `scale`, to a decimal of so many decimals.
 * @example floor(lit(-1.5)) // => -2n
 * @example floor(lit(1.19), 1) // => '1.1'
 */
export const floor: Rounding = rounding('floor')

/**
 * Rounds up, to a long; with a `scale`, to a decimal of so many decimals.
 * @example ceil(lit(-1.5)) // => -1n
 * @example ceil(lit(1.11), 1) // => '1.2'
 */
export const ceil: Rounding = rounding('ceil')

/**
 * Rounds up; another name of `ceil`.
 * @example ceiling(lit(1.5)) // => 2n
 */
export const ceiling: Rounding = rounding('ceiling')

type Two = readonly [Column<AnyType>, Column<AnyType>, ...Column<AnyType>[]]
type TypesOf<C extends readonly Column<AnyType>[]> = { readonly [I in keyof C]: C[I]['type'] }
type Extreme<C extends readonly Column<AnyType>[]> = WithNull<Widest<TypesOf<C>>, AllNull<TypesOf<C>>>

/**
 * The largest of the values, nulls left out; null only if all are.
 * @example greatest(lit(1), lit(2), lit(0)) // => 2
 */
export const greatest = <const C extends Two>(...columns: C): Column<Extreme<C>> =>
  callFunction('greatest', ...columns)

/**
 * The smallest of the values, nulls left out; null only if all are.
 * @example least(lit(1n), lit(2n), nullOf(t.long)) // => 1n
 */
export const least = <const C extends Two>(...columns: C): Column<Extreme<C>> =>
  callFunction('least', ...columns)

type Arithmetical<A, B> = WithNull<Arithmetic<NumericType<A>, NumericType<B>>, boolean>

/**
 * The remainder that is never negative for a positive divisor; fails for the divisor 0 under ANSI mode, else null.
 * @example pmod(lit(-7), 3) // => 2
 */
export const pmod = <const A, const B>(
  dividend: Operand<A>,
  divisor: Operand<B>,
): Column<Arithmetical<A, B>> => callFunction('pmod', dividend as NumberOrColumn, divisor as NumberOrColumn)

/**
 * The sum; null where it overflows.
 * @example tryAdd(lit(2147483647), 1) // => null
 */
export const tryAdd = <const A, const B>(left: Operand<A>, right: Operand<B>): Column<Arithmetical<A, B>> =>
  callFunction('try_add', left as NumberOrColumn, right as NumberOrColumn)

/**
 * The difference; null where it overflows.
 * @example trySubtract(lit(3n), 1) // => 2n
 */
export const trySubtract = <const A, const B>(
  left: Operand<A>,
  right: Operand<B>,
): Column<Arithmetical<A, B>> => callFunction('try_subtract', left as NumberOrColumn, right as NumberOrColumn)

/**
 * The product; null where it overflows.
 * @example tryMultiply(lit(9223372036854775807n), 2) // => null
 */
export const tryMultiply = <const A, const B>(
  left: Operand<A>,
  right: Operand<B>,
): Column<Arithmetical<A, B>> => callFunction('try_multiply', left as NumberOrColumn, right as NumberOrColumn)

/**
 * The quotient; null, never an error, where the divisor is zero.
 * @example tryDivide(lit(1), lit(0)) // => null
 */
export const tryDivide = <const A, const B>(
  left: Operand<A>,
  right: Operand<B>,
): Column<Quotient<NumericType<A>, NumericType<B>>> =>
  callFunction('try_divide', left as NumberOrColumn, right as NumberOrColumn)

/**
 * The remainder with the sign of the dividend; null, never an error, where the divisor is zero.
 * @since 4.0.0
 * @example tryMod(lit(-7), 3) // => -1
 */
export const tryMod = <const A, const B>(left: Operand<A>, right: Operand<B>): Column<Arithmetical<A, B>> =>
  callFunction('try_mod', left as NumberOrColumn, right as NumberOrColumn)

/**
 * The bucket of a value among `buckets` equal ones from `min` to `max`: 1 to `buckets`, 0 below and one more above; null for
 * bounds that are equal or not finite.
 * @example widthBucket(lit(5.3), { min: 0.2, max: 10.6, buckets: 5 }) // => 3n
 */
export const widthBucket = (
  value: NumberOrColumn,
  {
    min,
    max,
    buckets,
  }: { readonly min: NumberOrColumn; readonly max: NumberOrColumn; readonly buckets: NumberOrColumn },
): Column<LongType<boolean>> => callFunction('width_bucket', value, min, max, buckets)

/**
 * `n!` of 0 to 20; null for any other number.
 * @example factorial(5) // => 120n
 */
export const factorial = (n: NumberOrColumn): Column<LongType<boolean>> => callFunction('factorial', n)

/**
 * -1, 0 or 1, as a double.
 * @example signum(lit(-2.5)) // => -1
 */
export const signum = <const R extends NumberOrColumn>(value: R): Column<DoubleType<NullOf<R>>> =>
  callFunction('signum', value)

/**
 * -1, 0 or 1, as a double; another name of `signum`.
 * @example sign(lit(3n)) // => 1
 */
export const sign = <const R extends NumberOrColumn>(value: R): Column<DoubleType<NullOf<R>>> =>
  callFunction('sign', value)
