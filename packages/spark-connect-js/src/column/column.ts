import {
  alias,
  call,
  cast,
  extract,
  sortOrder,
  updateField,
  windowed,
  type ExpressionNode,
} from '../plan/expression.ts'
import type { AnyType, ArrayType, MapType, ScalarType, Schema, StructType } from '../types/data-type.ts'
import { toProtoType } from '../types/proto.ts'
import type { AnyNull, AnyNumeric, WithNull } from '../types/value.ts'
import { expressionOf, SortColumn } from './column-expression.ts'
import { literalNode, type LiteralValue } from './literal.ts'
import type { ColumnOrLiteral, StringType, TypeOf } from './operand.ts'
import { PredicateColumn } from './predicate.ts'
import type { WindowSpec } from './window.ts'

export { expressionOf, SortColumn } from './column-expression.ts'

export type StringColumn = Column<ScalarType<'string', boolean>>
export type BooleanColumn = Column<ScalarType<'boolean', boolean>>
export type NumericColumn = Column<AnyNumeric>
type IntegralColumn = Column<ScalarType<'byte' | 'short' | 'integer', boolean>>

/** The fields of a struct after `withField`: one flat mapped type. */
export type WithField<F extends Schema, K extends string, R> = {
  readonly [N in keyof F | K]: N extends K ? Extract<TypeOf<R>, AnyType> : N extends keyof F ? F[N] : never
}

/**
 * An expression over a frame's columns, typed by what it yields. Immutable; nothing is computed until an
 * action runs. Named as in Spark's Column API; Python's operators are methods (`plus`, `eq`, `and` ...).
 * @example lit(1).plus(1).eq(2).and(lit('a').isNotNull()) // => true
 */
export class Column<out T extends AnyType> extends PredicateColumn {
  /** Exists for the compiler only. */
  declare readonly type: T
  readonly #outer: (() => ExpressionNode) | undefined

  /** @param outer names the column from within a subquery of its frame's; a frame's own columns know that. */
  constructor(expression: ExpressionNode, outer?: () => ExpressionNode) {
    super(expression, (node) => new Column(node))
    this.#outer = outer
  }

  /**
   * Converts; fails on a value that does not convert under ANSI mode.
   * @example lit('12').cast(t.long) // => 12n
   */
  cast<C extends AnyType>(type: C): Column<WithNull<C, AnyNull<T>>> {
    return new Column(cast(this.expression, toProtoType(type), 'default'))
  }

  /**
   * `cast` by another name.
   * @example lit(12).astype(t.string) // => '12'
   */
  astype<C extends AnyType>(type: C): Column<WithNull<C, AnyNull<T>>> {
    return this.cast(type)
  }

  /**
   * Converts; null for a value that does not convert. On Spark 3.5 outside ANSI mode, and to a whole number from text alone.
   * @example lit('twelve').tryCast(t.long) // => null
   */
  tryCast<C extends AnyType>(type: C): Column<WithNull<C, boolean>> {
    return new Column(cast(this.expression, toProtoType(type), 'try'))
  }

  /**
   * A struct's field.
   * @example struct({ id: 7n }).getField('id') // => 7n
   */
  getField<F extends Schema, K extends keyof F & string, N extends boolean>(
    this: Column<StructType<F, N>>,
    name: K,
  ): Column<WithNull<F[K], N | F[K]['isNullable']>> {
    return new Column(extract(this.expression, literalNode(name)))
  }

  /**
   * An array's element (zero-based) or a map's value; null for a key that is not there. Outside an array it fails
   * under ANSI mode, else it is null.
   * @example array(lit('a'), lit('b')).getItem(1) // => 'b'
   */
  getItem<E extends AnyType>(
    this: Column<ArrayType<E, boolean>> | Column<MapType<AnyType, E, boolean>>,
    key: Extract<LiteralValue, string | number | bigint> | NumericColumn | StringColumn,
  ): Column<WithNull<E, boolean>> {
    return new Column(extract(this.expression, expressionOf(key)))
  }

  /**
   * A struct with one field added, or replaced where it stands.
   * @example struct({ id: 7n }).withField('name', lit('ann')) // => ({ id: 7n, name: 'ann' })
   */
  withField<F extends Schema, N extends boolean, K extends string, const R extends ColumnOrLiteral>(
    this: Column<StructType<F, N>>,
    name: K,
    value: R,
  ): Column<StructType<WithField<F, K, R>, N>> {
    return new Column(updateField(this.expression, name, expressionOf(value)))
  }

  /**
   * A struct without some of its fields; one must stay.
   * @example struct({ id: 7n, name: 'ann' }).dropFields('name') // => ({ id: 7n })
   */
  dropFields<F extends Schema, N extends boolean, K extends keyof F & string>(
    this: Column<StructType<F, N>>,
    ...names: readonly K[]
  ): Column<StructType<{ readonly [M in Exclude<keyof F, K>]: F[M] }, N>> {
    return new Column(names.reduce((fields, name) => updateField(fields, name), this.expression))
  }

  /**
   * A part of a text.
   * @param startPos one-based, as in Spark; negative from the end.
   * @example lit('spark').substr(2, 3) // => 'par'
   */
  substr<N extends boolean, P extends number | IntegralColumn, L extends number | IntegralColumn>(
    this: Column<StringType<N>>,
    startPos: P,
    length: L,
  ): Column<
    StringType<AnyNull<StringType<N> | Extract<P | L extends infer O ? TypeOf<O> : never, AnyType>>>
  > {
    return new Column(call('substr', [this.expression, expressionOf(startPos), expressionOf(length)]))
  }

  /**
   * Chains a function from column to column.
   * @example lit('a').transform((c) => c.eq('a')) // => true
   */
  transform<R extends AnyType>(f: (column: this) => Column<R>): Column<R> {
    return f(this)
  }

  /**
   * Orders by this column, smallest first, nulls before all.
   * @example spark.range(2n).orderBy((c) => c.id.asc()) // => [{ id: 0n }, { id: 1n }]
   */
  asc(): SortColumn {
    return this.#sorted('ascending', 'first')
  }

  /**
   * `asc` by its long name.
   * @example spark.range(2n).orderBy((c) => c.id.ascNullsFirst()) // => [{ id: 0n }, { id: 1n }]
   */
  ascNullsFirst(): SortColumn {
    return this.#sorted('ascending', 'first')
  }

  /**
   * Orders by this column, smallest first, nulls after all.
   * @example spark.range(2n).orderBy((c) => c.id.ascNullsLast()) // => [{ id: 0n }, { id: 1n }]
   */
  ascNullsLast(): SortColumn {
    return this.#sorted('ascending', 'last')
  }

  /**
   * Orders by this column, largest first, nulls after all.
   * @example spark.range(2n).orderBy((c) => c.id.desc()) // => [{ id: 1n }, { id: 0n }]
   */
  desc(): SortColumn {
    return this.#sorted('descending', 'last')
  }

  /**
   * Orders by this column, largest first, nulls before all.
   * @example spark.range(2n).orderBy((c) => c.id.descNullsFirst()) // => [{ id: 1n }, { id: 0n }]
   */
  descNullsFirst(): SortColumn {
    return this.#sorted('descending', 'first')
  }

  /**
   * `desc` by its long name.
   * @example spark.range(2n).orderBy((c) => c.id.descNullsLast()) // => [{ id: 1n }, { id: 0n }]
   */
  descNullsLast(): SortColumn {
    return this.#sorted('descending', 'last')
  }

  /**
   * Evaluates an aggregate or ranking function over the rows that `window` names.
   * @example spark.range(2n).select((c) => ({ n: rowNumber().over(Window.orderBy(c.id)) })) // => [{ n: 1 }, { n: 2 }]
   */
  over(window: WindowSpec): Column<T> {
    return new Column(windowed(this.expression, window))
  }

  /**
   * Gives the expression a name of its own; a record of columns names them by its keys.
   * @example lit(1).alias('one') // => 1
   */
  alias(name: string): Column<T> {
    return new Column(alias(this.expression, name))
  }

  /**
   * `alias` by another name.
   * @example lit(1).name('one') // => 1
   */
  name(name: string): Column<T> {
    return this.alias(name)
  }

  /**
   * This column as seen from within a subquery, where the subquery's frame has a column of the same name.
   * Since Spark 4.0.
   * @throws TypeError for anything but a column that a frame's method hands to its callback.
   * @example spark.range(3n).filter((c) => spark.range(1n, 2n).filter((d) => d.id.eq(c.id.outer())).exists()) // => [{ id: 1n }]
   */
  outer(): Column<T> {
    if (this.#outer === undefined) {
      throw new TypeError(
        'outer() is for a column of an outer frame: call it on the column itself, c.id.outer().plus(1)',
      )
    }
    return new Column(this.#outer())
  }

  #sorted(direction: 'ascending' | 'descending', nulls: 'first' | 'last'): SortColumn {
    return new SortColumn(sortOrder(this.expression, { direction, nulls }))
  }
}
