import type { RelationNode } from '../plan/relation.ts'
import type { AnyType, ScalarType, Schema } from '../types/data-type.ts'
import type { AnyNull, AnyNumeric, NonNullValue } from '../types/value.ts'
import type { Column } from './column.ts'
import type { LiteralType, LiteralValue, UnknownNumber } from './literal.ts'

/** A column, or a constant that becomes one. */
export type ColumnOrLiteral = Column<AnyType> | LiteralValue

/** The Spark type of a column or constant. */
export type TypeOf<R> = R extends Column<infer T> ? T : LiteralType<R>

type IsFractional<T extends AnyType> = T['kind'] extends 'double' | 'float' ? true : false

/** What may stand beside a numeric column: a number of unknown value only where the result is a double anyway. */
export type NumericOperand<T extends AnyType, R> = R extends number
  ? number extends R
    ? IsFractional<T> extends true
      ? R
      : UnknownNumber
    : R
  : R extends bigint | Column<AnyNumeric>
    ? R
    : Column<AnyNumeric> | number | bigint

/** What a column of type `T` may be compared with. */
export type Comparable<T extends AnyType> = T extends AnyNumeric
  ? Column<AnyNumeric> | number | bigint
  : T extends ScalarType<'timestamp' | 'date' | 'timestamp_ntz', boolean>
    ? Column<ScalarType<'timestamp' | 'date' | 'timestamp_ntz', boolean>> | NonNullValue<T> | Date
    : T extends ScalarType<'day_time_interval' | 'year_month_interval', boolean>
      ? // A constant of these is a plain number until `lit` says its type.
        Column<SameKind<T>>
      : Column<SameKind<T>> | Extract<NonNullValue<T>, LiteralValue>

/** `T` or the same kind with another nullability. */
export type SameKind<T extends AnyType> = T extends ScalarType<infer K, boolean> ? ScalarType<K, boolean> : T

export type BooleanType<N extends boolean> = ScalarType<'boolean', N>
export type StringType<N extends boolean> = ScalarType<'string', N>
export type StringOperand = Column<StringType<boolean>> | string

/** A frame as a list of the values of its one column. */
export interface FrameOf<S extends Schema> {
  readonly relation: RelationNode
  readonly rowSchema: S
}

/** A schema whose column can be compared with `T`. */
export interface ColumnLike<T extends AnyType> {
  readonly [column: string]: T extends AnyNumeric ? AnyNumeric : SameKind<T>
}

/** A boolean that is null where either side is. */
export type ComparisonOf<T extends AnyType, R> = BooleanType<AnyNull<T | Extract<TypeOf<R>, AnyType>>>
