import type { AnyType, ArrayType } from '../../types/data-type.ts'
import type { AnyNull, NonNullValue, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { LiteralType, LiteralValue, UnknownNumber } from '../literal.ts'
import type { SameKind, TypeOf } from '../operand.ts'

/** Said by the compiler of a number that would change the type of an array's elements. */
type OtherNumber =
  'this number is of another type than the elements: write lit(x, t.…) with theirs, or a bigint for a long'

/** A value that goes into an array of `E`: a column of its kind, or a constant of it. */
export type ElementOperand<E extends AnyType, V> = V extends number
  ? number extends V
    ? E['kind'] extends 'double'
      ? V
      : UnknownNumber
    : E['kind'] extends 'double' | LiteralType<V>['kind']
      ? V
      : OtherNumber
  : V extends Column<SameKind<E>> | Exclude<LiteralOf<E>, number>
    ? V
    : Column<SameKind<E>> | LiteralOf<E>

type LiteralOf<E extends AnyType> = Extract<NonNullValue<E>, LiteralValue>

/** The elements once a value has joined them: nullable if either is. */
export type Joined<E extends AnyType, V> = WithNull<E, AnyNull<E | Extract<TypeOf<V>, AnyType>>>

export type ArrayColumn<E extends AnyType, N extends boolean> = Column<ArrayType<E, N>>

/** An array of whatever, where only its nullability matters. */
export type AnyArrayColumn = Column<ArrayType<AnyType, boolean>>
