import {
  alias,
  call,
  cast,
  extract,
  windowed,
  sortOrder,
  type ExpressionNode,
  type SortOrderNode,
} from '../plan/expression.ts'
import type { AnyType, ArrayType, MapType, ScalarType, Schema, StructType } from '../types/data-type.ts'
import { toProtoType } from '../types/proto.ts'
import type { AnyNull, AnyNumeric, Arithmetic, WithNull } from '../types/value.ts'
import { literalNode, type LiteralValue } from './literal.ts'
import type {
  BooleanType,
  ColumnOrLiteral,
  Comparable,
  ComparisonOf,
  NumericOperand,
  TypeOf,
} from './operand.ts'
import type { WindowSpec } from './window.ts'

export type StringColumn = Column<ScalarType<'string', boolean>>
export type BooleanColumn = Column<ScalarType<'boolean', boolean>>
export type NumericColumn = Column<AnyNumeric>
type StringType<N extends boolean> = ScalarType<'string', N>
type StringOperand = StringColumn | string

/** The expression behind a column or a constant. */
export const expressionOf = (value: ColumnOrLiteral): ExpressionNode =>
  value instanceof Column ? value.expression : literalNode(value)

/** A column with the order in which `orderBy` and windows take it. */
export class SortColumn {
  readonly sortOrder: SortOrderNode

  constructor(node: SortOrderNode) {
    this.sortOrder = node
  }
}

/**
 * An expression over a frame's columns, typed by what it yields. Immutable; nothing is computed until an
 * action runs. Named as in Spark's Column API; Python's operators are methods (`plus`, `eq`, `and` ...).
 */
export class Column<out T extends AnyType> {
  /** Exists for the compiler only. */
  declare readonly type: T
  readonly expression: ExpressionNode

  constructor(expression: ExpressionNode) {
    this.expression = expression
  }

  plus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('+', this, other as ColumnOrLiteral)
  }

  minus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('-', this, other as ColumnOrLiteral)
  }

  times<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('*', this, other as ColumnOrLiteral)
  }

  /** Division as Spark has it: whole numbers give a double; by zero it fails under ANSI mode, else is null. */
  dividedBy<const R>(
    this: NumericColumn,
    other: NumericOperand<ScalarType<'double', false>, R>,
  ): Column<ScalarType<'double', boolean>> {
    return binary('/', this, other as ColumnOrLiteral)
  }

  mod<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<WithNull<Arithmetic<X, TypeOf<R>>, boolean>> {
    return binary('%', this, other as ColumnOrLiteral)
  }

  negate<X extends AnyNumeric>(this: Column<X>): Column<X> {
    return new Column(call('negative', [this.expression]))
  }

  eq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('==', this, other)
  }

  notEq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return new Column(call('not', [binary('==', this, other).expression]))
  }

  lt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('<', this, other)
  }

  leq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('<=', this, other)
  }

  gt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('>', this, other)
  }

  geq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('>=', this, other)
  }

  /** Equality that is never null: null equals null. */
  eqNullSafe<X extends AnyType>(this: Column<X>, other: Comparable<X> | null): Column<BooleanType<false>> {
    return binary('<=>', this, other)
  }

  and<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return binary('and', this, other)
  }

  or<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return binary('or', this, other)
  }

  isNull(): Column<BooleanType<false>> {
    return new Column(call('isNull', [this.expression]))
  }

  isNotNull(): Column<BooleanType<false>> {
    return new Column(call('isNotNull', [this.expression]))
  }

  isin<X extends AnyType>(
    this: Column<X>,
    ...values: readonly Comparable<X>[]
  ): Column<BooleanType<AnyNull<X>>> {
    return new Column(call('in', [this.expression, ...values.map((value) => expressionOf(value))]))
  }

  between<X extends AnyType>(
    this: Column<X>,
    lower: Comparable<X>,
    upper: Comparable<X>,
  ): Column<BooleanType<boolean>> {
    const isAbove: BooleanColumn = binary('>=', this, lower)
    return binary('and', isAbove, binary('<=', this, upper))
  }

  contains<N extends boolean>(this: Column<StringType<N>>, part: StringOperand): Column<BooleanType<N>> {
    return binary('contains', this, part)
  }

  startswith<N extends boolean>(this: Column<StringType<N>>, prefix: StringOperand): Column<BooleanType<N>> {
    return binary('startswith', this, prefix)
  }

  endswith<N extends boolean>(this: Column<StringType<N>>, suffix: StringOperand): Column<BooleanType<N>> {
    return binary('endswith', this, suffix)
  }

  like<N extends boolean>(this: Column<StringType<N>>, pattern: string): Column<BooleanType<N>> {
    return binary('like', this, pattern)
  }

  rlike<N extends boolean>(this: Column<StringType<N>>, javaPattern: string): Column<BooleanType<N>> {
    return binary('rlike', this, javaPattern)
  }

  /** @param start one-based, as in Spark. */
  substr<N extends boolean>(
    this: Column<StringType<N>>,
    start: number,
    length: number,
  ): Column<StringType<N>> {
    return new Column(call('substr', [this.expression, literalNode(start), literalNode(length)]))
  }

  /** Converts; fails on a value that does not convert under ANSI mode. */
  cast<C extends AnyType>(type: C): Column<WithNull<C, AnyNull<T>>> {
    return new Column(cast(this.expression, toProtoType(type), 'default'))
  }

  /** Converts; null for a value that does not convert. */
  tryCast<C extends AnyType>(type: C): Column<WithNull<C, boolean>> {
    return new Column(cast(this.expression, toProtoType(type), 'try'))
  }

  /** A struct's field. */
  getField<F extends Schema, K extends keyof F & string, N extends boolean>(
    this: Column<StructType<F, N>>,
    name: K,
  ): Column<WithNull<F[K], N | F[K]['isNullable']>> {
    return new Column(extract(this.expression, literalNode(name)))
  }

  /** An array's element (zero-based) or a map's value; null outside. */
  getItem<E extends AnyType>(
    this: Column<ArrayType<E, boolean>> | Column<MapType<AnyType, E, boolean>>,
    key: Extract<LiteralValue, string | number | bigint> | NumericColumn | StringColumn,
  ): Column<WithNull<E, boolean>> {
    return new Column(extract(this.expression, expressionOf(key)))
  }

  asc(): SortColumn {
    return sorted(this, 'ascending', 'first')
  }

  ascNullsLast(): SortColumn {
    return sorted(this, 'ascending', 'last')
  }

  desc(): SortColumn {
    return sorted(this, 'descending', 'last')
  }

  descNullsFirst(): SortColumn {
    return sorted(this, 'descending', 'first')
  }

  /** Evaluates an aggregate or ranking function over the rows that `window` names. */
  over(window: WindowSpec): Column<T> {
    return new Column(windowed(this.expression, window))
  }

  alias(name: string): Column<T> {
    return new Column(alias(this.expression, name))
  }
}

const binary = <T extends AnyType>(name: string, left: ColumnOrLiteral, right: ColumnOrLiteral): Column<T> =>
  new Column(call(name, [expressionOf(left), expressionOf(right)]))

const sorted = (
  column: Column<AnyType>,
  direction: 'ascending' | 'descending',
  nulls: 'first' | 'last',
): SortColumn => new SortColumn(sortOrder(column.expression, { direction, nulls }))
