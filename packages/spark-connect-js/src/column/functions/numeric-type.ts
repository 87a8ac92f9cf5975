import type { AnyType, DecimalType, ScalarType } from '../../types/data-type.ts'
import type { AnyNull, AnyNumeric, Arithmetic, IntegralKind, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { LiteralType, UnknownNumber } from '../literal.ts'
import type { DoubleType, LongType } from './call.ts'

/** A sum has room to grow: whole numbers give a long, others a double, decimals a wider decimal. */
export type SumType<T extends AnyType> =
  T extends ScalarType<IntegralKind, boolean>
    ? LongType<boolean>
    : T extends ScalarType<'float' | 'double', boolean>
      ? DoubleType<boolean>
      : WithNull<T, boolean>

/** A mean, a median, a quotient: a decimal of decimals, else a double. */
export type FractionOf<T extends AnyType, N extends boolean> =
  T extends DecimalType<boolean> ? DecimalType<N> : DoubleType<N>

/** `a / b`: a decimal if one is and the other no floating-point number. */
export type Quotient<A extends AnyType, B extends AnyType> =
  Arithmetic<A, B> extends DecimalType<boolean> ? DecimalType<boolean> : DoubleType<boolean>

/** What rounds to whole numbers: decimals to decimals, all else to longs. */
export type WholeOf<T extends AnyType, N extends boolean> =
  T extends DecimalType<boolean> ? DecimalType<N> : LongType<N>

/** The type of a numeric column or of a number whose value the compiler knows. */
export type NumericType<R> =
  R extends Column<infer T extends AnyNumeric> ? T : R extends number | bigint ? LiteralType<R> : never

/** A numeric column or a number; one that is known only at run time has no Spark type until one is said. */
export type Operand<R> = R extends number
  ? number extends R
    ? UnknownNumber
    : R
  : R extends bigint | Column<AnyNumeric>
    ? R
    : Column<AnyNumeric> | number | bigint

/** The type that values of all these types go into: of numbers the widest, else the first. */
export type Widest<T extends readonly AnyType[]> = T extends readonly [
  infer A extends AnyType,
  infer B extends AnyType,
  ...infer Rest extends readonly AnyType[],
]
  ? Widest<
      [
        A extends AnyNumeric ? (B extends AnyNumeric ? Arithmetic<A, B> : A) : WithNull<A, AnyNull<A | B>>,
        ...Rest,
      ]
    >
  : T[0]
