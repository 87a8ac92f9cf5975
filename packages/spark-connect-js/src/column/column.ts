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

  /**
   * The sum; fails on overflow under ANSI mode.
   * @example lit(1).plus(2) // => 3
   */
  plus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('+', this, other as ColumnOrLiteral)
  }

  /**
   * The difference.
   * @example lit(1n).minus(2) // => -1n
   */
  minus<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('-', this, other as ColumnOrLiteral)
  }

  /**
   * The product.
   * @example lit(2).times(1.5) // => 3
   */
  times<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<Arithmetic<X, TypeOf<R>>> {
    return binary('*', this, other as ColumnOrLiteral)
  }

  /**
   * Division as Spark has it: whole numbers give a double; by zero it fails under ANSI mode, else is null.
   * @example lit(1).dividedBy(4) // => 0.25
   */
  dividedBy<const R>(
    this: NumericColumn,
    other: NumericOperand<ScalarType<'double', false>, R>,
  ): Column<ScalarType<'double', boolean>> {
    return binary('/', this, other as ColumnOrLiteral)
  }

  /**
   * The remainder, with the sign of the dividend.
   * @example lit(-7).mod(3) // => -1
   */
  mod<X extends AnyNumeric, const R>(
    this: Column<X>,
    other: NumericOperand<X, R>,
  ): Column<WithNull<Arithmetic<X, TypeOf<R>>, boolean>> {
    return binary('%', this, other as ColumnOrLiteral)
  }

  /**
   * The number with the other sign.
   * @example lit(1).negate() // => -1
   */
  negate<X extends AnyNumeric>(this: Column<X>): Column<X> {
    return new Column(call('negative', [this.expression]))
  }

  /**
   * Equality; null where a side is null.
   * @example lit('a').eq('a') // => true
   */
  eq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('==', this, other)
  }

  /**
   * Inequality; null where a side is null.
   * @example lit('a').notEq('a') // => false
   */
  notEq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return new Column(call('not', [binary('==', this, other).expression]))
  }

  /**
   * Whether it is less.
   * @example lit(1).lt(1) // => false
   */
  lt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('<', this, other)
  }

  /**
   * Whether it is less or equal.
   * @example lit(1).leq(1) // => true
   */
  leq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('<=', this, other)
  }

  /**
   * Whether it is greater.
   * @example lit(1).gt(1) // => false
   */
  gt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('>', this, other)
  }

  /**
   * Whether it is greater or equal.
   * @example lit(1).geq(1) // => true
   */
  geq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return binary('>=', this, other)
  }

  /**
   * Equality that is never null: null equals null.
   * @example nullOf(t.long).eqNullSafe(null) // => true
   */
  eqNullSafe<X extends AnyType>(this: Column<X>, other: Comparable<X> | null): Column<BooleanType<false>> {
    return binary('<=>', this, other)
  }

  /**
   * Both; null where that depends on a null.
   * @example lit(true).and(lit(false)) // => false
   */
  and<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return binary('and', this, other)
  }

  /**
   * Either; null where that depends on a null.
   * @example lit(true).or(lit(false)) // => true
   */
  or<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return binary('or', this, other)
  }

  /** @example nullOf(t.long).isNull() // => true */
  isNull(): Column<BooleanType<false>> {
    return new Column(call('isNull', [this.expression]))
  }

  /** @example nullOf(t.long).isNotNull() // => false */
  isNotNull(): Column<BooleanType<false>> {
    return new Column(call('isNotNull', [this.expression]))
  }

  /**
   * Whether it is one of the values.
   * @example lit(2).isin(1, 2) // => true
   */
  isin<X extends AnyType>(
    this: Column<X>,
    ...values: readonly Comparable<X>[]
  ): Column<BooleanType<AnyNull<X>>> {
    return new Column(call('in', [this.expression, ...values.map((value) => expressionOf(value))]))
  }

  /**
   * Whether it lies between two values, both included.
   * @example lit(2).between(1, 2) // => true
   */
  between<X extends AnyType>(
    this: Column<X>,
    lower: Comparable<X>,
    upper: Comparable<X>,
  ): Column<BooleanType<boolean>> {
    const isAbove: BooleanColumn = binary('>=', this, lower)
    return binary('and', isAbove, binary('<=', this, upper))
  }

  /**
   * Whether a text has a part.
   * @example lit('spark').contains('par') // => true
   */
  contains<N extends boolean>(this: Column<StringType<N>>, part: StringOperand): Column<BooleanType<N>> {
    return binary('contains', this, part)
  }

  /**
   * Whether a text begins with another.
   * @example lit('spark').startswith('sp') // => true
   */
  startswith<N extends boolean>(this: Column<StringType<N>>, prefix: StringOperand): Column<BooleanType<N>> {
    return binary('startswith', this, prefix)
  }

  /**
   * Whether a text ends with another.
   * @example lit('spark').endswith('rk') // => true
   */
  endswith<N extends boolean>(this: Column<StringType<N>>, suffix: StringOperand): Column<BooleanType<N>> {
    return binary('endswith', this, suffix)
  }

  /**
   * Whether a text matches a pattern of SQL: `%` is any part, `_` any character.
   * @example lit('spark').like('s%k') // => true
   */
  like<N extends boolean>(this: Column<StringType<N>>, pattern: string): Column<BooleanType<N>> {
    return binary('like', this, pattern)
  }

  /**
   * Whether a Java regular expression matches a part of a text.
   * @example lit('spark').rlike('^s.a') // => true
   */
  rlike<N extends boolean>(this: Column<StringType<N>>, javaPattern: string): Column<BooleanType<N>> {
    return binary('rlike', this, javaPattern)
  }

  /**
   * `length` characters of a text.
   * @example lit('spark').substr(2, 3) // => 'par'
   */
  substr<N extends boolean>(
    this: Column<StringType<N>>,
    start: number,
    length: number,
  ): Column<StringType<N>> {
    return new Column(call('substr', [this.expression, literalNode(start), literalNode(length)]))
  }

  /**
   * Converts; fails on a value that does not convert under ANSI mode.
   * @example lit('12').cast(t.long) // => 12n
   */
  cast<C extends AnyType>(type: C): Column<WithNull<C, AnyNull<T>>> {
    return new Column(cast(this.expression, toProtoType(type), 'default'))
  }

  /**
   * Converts; null for a value that does not convert.
   * @example lit('twelve').tryCast(t.long) // => null
   */
  tryCast<C extends AnyType>(type: C): Column<WithNull<C, boolean>> {
    return new Column(cast(this.expression, toProtoType(type), 'try'))
  }

  /**
   * A struct's field.
   * @example struct({ x: lit(1) }).getField('x') // => 1
   */
  getField<F extends Schema, K extends keyof F & string, N extends boolean>(
    this: Column<StructType<F, N>>,
    name: K,
  ): Column<WithNull<F[K], N | F[K]['isNullable']>> {
    return new Column(extract(this.expression, literalNode(name)))
  }

  /**
   * An array's element (zero-based) or a map's value; null outside.
   * @example array(lit('a'), lit('b')).getItem(0) // => 'a'
   */
  getItem<E extends AnyType>(
    this: Column<ArrayType<E, boolean>> | Column<MapType<AnyType, E, boolean>>,
    key: Extract<LiteralValue, string | number | bigint> | NumericColumn | StringColumn,
  ): Column<WithNull<E, boolean>> {
    return new Column(extract(this.expression, expressionOf(key)))
  }

  /**
   * Ascending, nulls first.
   * @example spark.range(0n, 2n).orderBy((c) => c.id.asc()) // => [{ id: 0n }, { id: 1n }]
   */
  asc(): SortColumn {
    return sorted(this, 'ascending', 'first')
  }

  /**
   * Ascending, nulls last.
   * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => c.n.ascNullsLast()) // => [{ n: 1n }, { n: null }]
   */
  ascNullsLast(): SortColumn {
    return sorted(this, 'ascending', 'last')
  }

  /**
   * Descending, nulls last.
   * @example spark.range(0n, 2n).orderBy((c) => c.id.desc()) // => [{ id: 1n }, { id: 0n }]
   */
  desc(): SortColumn {
    return sorted(this, 'descending', 'last')
  }

  /**
   * Descending, nulls first.
   * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => c.n.descNullsFirst()) // => [{ n: null }, { n: 1n }]
   */
  descNullsFirst(): SortColumn {
    return sorted(this, 'descending', 'first')
  }

  /**
   * Evaluates an aggregate or ranking function over the rows that `window` names.
   * @example spark.range(0n, 2n).select((c) => ({ n: rowNumber().over(Window.orderBy(c.id.desc())) })) // => [{ n: 1 }, { n: 2 }]
   */
  over(window: WindowSpec): Column<T> {
    return new Column(windowed(this.expression, window))
  }

  /**
   * Another name within an expression; the record of a `select` names its columns.
   * @example spark.range(0n, 1n).select((c) => ({ n: c.id.alias('m') })) // => [{ n: 0n }]
   */
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
