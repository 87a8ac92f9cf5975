import type { AnyType, ScalarType } from '../../types/data-type.ts'
import type { AllNull, AnyNull, AnyNumeric, Arithmetic, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { Comparable, TypeOf } from '../operand.ts'
import type { BooleanType } from './argument.ts'
import { callFunction, type IntegerType } from './call.ts'

type AnyFloat = ScalarType<'float' | 'double', boolean>
type Typed<R> = Extract<TypeOf<R>, AnyType>

/** What two columns that may stand for each other give: of numbers the wider. */
type Either<A extends AnyType, B extends AnyType, N extends boolean> = A extends AnyNumeric
  ? WithNull<Arithmetic<A, B>, N>
  : WithNull<A, N>

const firstOf =
  (name: string) =>
  <T extends AnyType, const R extends Comparable<T>>(
    column: Column<T>,
    otherwise: R,
  ): Column<Either<T, Typed<R>, AllNull<[T, Typed<R>]>>> =>
    callFunction(name, column, otherwise)

/**
 * The column, or the other value where it is null.
 * @example nvl(nullOf(t.string), 'none') // => 'none'
 */
export const nvl = firstOf('nvl')

/**
 * The column, or the other value where it is null.
 * @example ifnull(nullOf(t.long), 0n) // => 0n
 */
export const ifnull = firstOf('ifnull')

/**
 * The second argument where the first is not null, else the third.
 * @example nvl2(nullOf(t.long), lit('some'), 'none') // => 'none'
 */
export const nvl2 = <T extends AnyType, const R extends Comparable<T>>(
  tested: Column<AnyType>,
  ifNotNull: Column<T>,
  ifNull: R,
): Column<Either<T, Typed<R>, AnyNull<T | Typed<R>>>> => callFunction('nvl2', tested, ifNotNull, ifNull)

/**
 * Null where the number is zero.
 * @example nullifzero(lit(0)) // => null
 */
export const nullifzero = <T extends AnyNumeric>(column: Column<T>): Column<WithNull<T, boolean>> =>
  callFunction('nullifzero', column)

/**
 * Zero where the number is null.
 * @example zeroifnull(nullOf(t.long)) // => 0n
 */
export const zeroifnull = <T extends AnyNumeric>(
  column: Column<T>,
): Column<WithNull<Arithmetic<T, IntegerType<false>>, false>> => callFunction('zeroifnull', column)

/**
 * The first number, or the second where the first is NaN.
 * @example nanvl(lit(NaN, t.double), lit(1.5)) // => 1.5
 */
export const nanvl = <A extends AnyFloat, B extends AnyFloat>(
  column: Column<A>,
  otherwise: Column<B>,
): Column<Arithmetic<A, B>> => callFunction('nanvl', column, otherwise)

/**
 * Whether the number is NaN; false for null.
 * @example isnan(lit(NaN, t.double)) // => true
 */
export const isnan = (column: Column<AnyFloat>): Column<BooleanType<false>> => callFunction('isnan', column)

/**
 * Whether the column is null.
 * @example isnull(nullOf(t.long)) // => true
 */
export const isnull = (column: Column<AnyType>): Column<BooleanType<false>> => callFunction('isnull', column)

/**
 * Whether the column is a value.
 * @example isnotnull(nullOf(t.long)) // => false
 */
export const isnotnull = (column: Column<AnyType>): Column<BooleanType<false>> =>
  callFunction('isnotnull', column)

/**
 * Equality that is never null: null equals null.
 * @example equalNull(nullOf(t.long), null) // => true
 */
export const equalNull = <T extends AnyType>(
  column: Column<T>,
  other: Comparable<T> | null,
): Column<BooleanType<false>> => callFunction('equal_null', column, other)
