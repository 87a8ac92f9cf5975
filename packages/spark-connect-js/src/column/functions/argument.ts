import type { AnyType, ScalarKind, ScalarType } from '../../types/data-type.ts'
import type { IntegralKind, WithNull } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import type { ColumnOrLiteral, TypeOf } from '../operand.ts'
import { callFunction, type NullOf } from './call.ts'

export type BinaryType<N extends boolean> = ScalarType<'binary', N>
export type BooleanType<N extends boolean> = ScalarType<'boolean', N>
export type DateType<N extends boolean> = ScalarType<'date', N>

export type AnyString = ScalarType<'string', boolean>
export type AnyBinary = ScalarType<'binary', boolean>
export type StringOrBinary = ScalarType<'string' | 'binary', boolean>
export type Integer = ScalarType<'byte' | 'short' | 'integer', boolean>
export type Long = ScalarType<IntegralKind, boolean>

// Beside its first column a function takes columns or constants; a constant becomes a literal.
export type StringOrColumn = StringColumn | string
export type BinaryOrColumn = Column<AnyBinary> | Uint8Array
export type IntegerOrColumn = Column<Integer> | number
export type LongOrColumn = Column<Long> | number | bigint

/** The type of a column, with nullability `N`. */
export type SameType<R, N extends boolean> = R extends Column<infer T> ? WithNull<T, N> : never

/** A function of one column that is null just where the column is. */
export const unary =
  <In extends AnyType, K extends ScalarKind>(name: string) =>
  <R extends Column<In>>(column: R): Column<ScalarType<K, NullOf<R>>> =>
    callFunction(name, column)

/** A function of one column that may be null where the column is not. */
export const unaryOrNull =
  <In extends AnyType, K extends ScalarKind>(name: string) =>
  (column: Column<In>): Column<ScalarType<K, boolean>> =>
    callFunction(name, column)

/** A function without arguments that is never null. */
export const nullary =
  <K extends ScalarKind>(name: string) =>
  (): Column<ScalarType<K, false>> =>
    callFunction(name)

/** Arguments as far as they are given: an optional one may be left out, and with it those that follow. */
export const given = (...args: readonly (ColumnOrLiteral | undefined)[]): readonly ColumnOrLiteral[] =>
  args.slice(
    0,
    args.includes(undefined) ? args.indexOf(undefined) : args.length,
  ) as readonly ColumnOrLiteral[]

/** What has a date: a text has not, until it is parsed. */
export type AnyTime = ScalarType<'date' | 'timestamp' | 'timestamp_ntz', boolean>

/** Spark casts to a date first, and says of a clock reading that its date may be null. */
export type DateNull<R> = R extends Column<ScalarType<'date' | 'timestamp', boolean>> ? NullOf<R> : boolean

/** A function of a date. */
export const ofDate =
  <K extends ScalarKind>(name: string) =>
  <R extends Column<AnyTime>>(column: R): Column<ScalarType<K, DateNull<R>>> =>
    callFunction(name, column)

/** Spark says that seconds which it casts to decimals, all but integers, may be null. */
export type PartsNull<P> =
  | NullOf<P[keyof P]>
  | (P extends { readonly secs: infer S }
      ? Extract<TypeOf<S>, AnyType> extends Integer
        ? false
        : boolean
      : false)

/** A word that Spark takes in upper or lower case. */
export type Word<W extends string> = Uppercase<W> | Lowercase<W>
