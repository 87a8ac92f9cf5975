import { call } from '../../plan/expression.ts'
import type { AnyType, ScalarType } from '../../types/data-type.ts'
import type { AnyNull, AnyNumeric } from '../../types/value.ts'
import { Column, expressionOf } from '../column.ts'
import type { ColumnOrLiteral } from '../operand.ts'

export type DoubleType<N extends boolean> = ScalarType<'double', N>
export type LongType<N extends boolean> = ScalarType<'long', N>
export type IntegerType<N extends boolean> = ScalarType<'integer', N>
export type StringType<N extends boolean> = ScalarType<'string', N>
export type TimestampType<N extends boolean> = ScalarType<'timestamp', N>

/** A number where a function takes a column: a constant becomes a literal. */
export type NumberOrColumn = Column<AnyNumeric> | number

/** True if any of the columns can be null; a constant cannot. */
export type NullOf<R> = R extends Column<infer T> ? AnyNull<T> : false

/** Calls one of Spark's functions by its name there. The caller vouches for the type. */
export const callFunction = <T extends AnyType>(
  name: string,
  ...args: readonly ColumnOrLiteral[]
): Column<T> => new Column(call(name, args.map(expressionOf)))

export const callDistinct = <T extends AnyType>(
  name: string,
  ...args: readonly ColumnOrLiteral[]
): Column<T> => new Column(call(name, args.map(expressionOf), true))
