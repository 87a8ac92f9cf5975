import { call } from '../plan/expression.ts'
import type { AnyType, ScalarType } from '../types/data-type.ts'
import type { AnyNumeric, Arithmetic, IntegralKind } from '../types/value.ts'
import type { Column, NumericColumn } from './column.ts'
import { ColumnExpression, expressionOf } from './column-expression.ts'
import type { BooleanType, ColumnOrLiteral, NumericOperand, TypeOf } from './operand.ts'

type IntegralType = ScalarType<IntegralKind, boolean>
type IntegralOperand = Column<IntegralType> | number | bigint

/** What a column of numbers can do. */
export abstract class ArithmeticColumn extends ColumnExpression {
  /**
   * The sum, of the wider of both types. Under ANSI mode an overflow fails.
   * @example lit(1).plus(2) // => 3
   */
  plus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('+', other)
  }

  /**
   * The difference, of the wider of both types.
   * @example lit(5n).minus(2) // => 3n
   */
  minus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('-', other)
  }

  /**
   * The product, of the wider of both types.
   * @example lit(2).times(0.5) // => 1
   */
  times<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('*', other)
  }

  /**
   * Division as Spark has it: whole numbers give a double; by zero it fails under ANSI mode, else is null.
   * @example lit(1).dividedBy(2) // => 0.5
   */
  dividedBy<const R>(
    this: NumericColumn,
    other: NumericOperand<ScalarType<'double', false>, R>,
  ): Column<ScalarType<'double', boolean>> {
    return this.binary('/', other)
  }

  /**
   * The remainder, with the sign of the dividend; by zero it fails under ANSI mode, else is null.
   * @example lit(7).mod(3) // => 1
   */
  mod<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>, boolean>> {
    return this.binary('%', other)
  }

  /**
   * The number with its sign turned.
   * @example lit(3).negate() // => -3
   */
  negate<X extends AnyNumeric>(this: Column<X>): Column<X> {
    return this.derive(call('negative', [this.expression]))
  }

  /**
   * Whether the number is NaN; never null, as null is not NaN.
   * @example lit(Number.NaN, t.double).isNaN() // => true
   */
  isNaN(this: NumericColumn): Column<BooleanType<false>> {
    return this.derive(call('isNaN', [this.expression]))
  }

  /**
   * The bits that both have, of the wider of both types.
   * @example lit(6).bitwiseAND(3) // => 2
   */
  bitwiseAND<X extends IntegralType, const R extends IntegralOperand>(
    this: Column<X>,
    other: R,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('&', other)
  }

  /**
   * The bits that either has, of the wider of both types.
   * @example lit(6).bitwiseOR(3) // => 7
   */
  bitwiseOR<X extends IntegralType, const R extends IntegralOperand>(
    this: Column<X>,
    other: R,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('|', other)
  }

  /**
   * The bits that one has and not the other, of the wider of both types.
   * @example lit(6).bitwiseXOR(3) // => 5
   */
  bitwiseXOR<X extends IntegralType, const R extends IntegralOperand>(
    this: Column<X>,
    other: R,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return this.binary('^', other)
  }

  protected binary<T extends AnyType>(name: string, right: ColumnOrLiteral): Column<T> {
    return this.derive(call(name, [this.expression, expressionOf(right)]))
  }
}
