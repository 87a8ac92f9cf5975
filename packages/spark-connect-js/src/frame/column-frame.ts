import { Column, expressionOf } from '../column/column.ts'
import type { ColumnOrLiteral } from '../column/operand.ts'
import {
  attribute,
  attributesLike,
  call,
  metadataAttribute,
  sqlExpression,
  star,
  type ExpressionNode,
} from '../plan/expression.ts'
import * as plan from '../plan/relation.ts'
import { t, type AnyType, type Schema } from '../types/data-type.ts'
import { toProtoType } from '../types/proto.ts'
import {
  namedExpressions,
  scoped,
  type ColumnRecord,
  type ColumnsOf,
  type Names,
  type WithColumns,
} from './columns.ts'
import type { DataFrame } from './data-frame.ts'
import type { ActionOptions } from './executor.ts'
import { KeptFrame } from './kept-frame.ts'
import { selectedExpressions, type SchemaOfSelection, type Selection } from './selection.ts'

/** The schema with names changed as `R` says. */
type Renamed<S extends Schema, R> = {
  readonly [K in keyof S as K extends keyof R ? R[K] & string : K]: S[K]
}

/** One line of a frame as text. */
export type TextLine = { readonly value: typeof t.string }

/** The columns of a frame: chosen, made, named and typed. */
export abstract class ColumnFrame<C extends Schema> extends KeptFrame<C> {
  /**
   * Chooses columns by name, or makes new ones by expressions.
   * @example spark.range(2n).select('id') // => [{ id: 0n }, { id: 1n }]
   * @example spark.range(2n).select((c) => ({ twice: c.id.times(2) })) // => [{ twice: 0n }, { twice: 2n }]
   */
  select<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): DataFrame<{ readonly [N in K]: S[N] }>
  select<S extends Schema, const R extends Selection>(
    this: DataFrame<S>,
    columns: (c: ColumnsOf<S>) => R,
  ): DataFrame<SchemaOfSelection<R>>
  select<S extends Schema>(
    this: DataFrame<S>,
    ...selection: readonly (string | ((c: ColumnsOf<S>) => Selection))[]
  ): DataFrame<Schema> {
    const [first] = selection
    if (typeof first === 'function') {
      const { input, result } = scoped(this.relation, first)
      return this.derive(plan.project(input, selectedExpressions(result)))
    }
    const names = selection as readonly string[]
    return this.derive(plan.project(this.relation, names.map(attributeOf)))
  }

  /**
   * Makes columns by fragments of Spark SQL. The compiler takes your word for them; `as` checks it.
   * @example spark.range(2n).selectExpr('id * 2 as twice') // => [{ twice: 0n }, { twice: 2n }]
   */
  selectExpr<R extends Schema = Schema>(...sql: readonly string[]): DataFrame<R> {
    return this.derive(plan.project(this.relation, sql.map(sqlExpression)))
  }

  /**
   * Adds a column, or replaces the one of that name.
   * @example spark.range(1n).withColumn('next', (c) => c.id.plus(1)) // => [{ id: 0n, next: 1n }]
   */
  withColumn<S extends Schema, K extends string, const R extends ColumnOrLiteral>(
    this: DataFrame<S>,
    name: K,
    column: (c: ColumnsOf<S>) => R,
  ): DataFrame<WithColumns<S, { readonly [N in K]: R }>> {
    const { input, result } = scoped(this.relation, column)
    return this.derive(plan.withColumns(input, [[name, expressionOf(result)]]))
  }

  /**
   * Adds columns, or replaces those of the same name. None sees another one that is new.
   * @example spark.range(1n).withColumns((c) => ({ next: c.id.plus(1) })) // => [{ id: 0n, next: 1n }]
   */
  withColumns<S extends Schema, const R extends ColumnRecord>(
    this: DataFrame<S>,
    columns: (c: ColumnsOf<S>) => R,
  ): DataFrame<WithColumns<S, R>> {
    const { input, result } = scoped(this.relation, columns)
    return this.derive(plan.withColumns(input, namedExpressions(result)))
  }

  /**
   * Gives one column another name.
   * @example spark.range(1n).withColumnRenamed('id', 'n') // => [{ n: 0n }]
   */
  withColumnRenamed<S extends Schema, K extends Names<S>, const T extends string>(
    this: DataFrame<S>,
    existing: K,
    name: T,
  ): DataFrame<Renamed<S, { readonly [N in K]: T }>> {
    return this.derive(plan.renameColumns(this.relation, { [existing]: name }))
  }

  /**
   * Gives columns other names.
   * @example spark.range(1n).withColumnsRenamed({ id: 'n' }) // => [{ n: 0n }]
   */
  withColumnsRenamed<S extends Schema, const R extends { readonly [K in Names<S>]?: string }>(
    this: DataFrame<S>,
    names: R,
  ): DataFrame<Renamed<S, R>> {
    return this.derive(plan.renameColumns(this.relation, names as Readonly<Record<string, string>>))
  }

  /**
   * Names all columns anew, in their order. The compiler does not know that order, so it takes your word for the
   * types; `withColumnsRenamed` keeps them.
   * @example spark.range(1n).toDF('n') // => [{ n: 0n }]
   */
  toDF<R extends Schema = Schema>(...names: readonly Names<R>[]): DataFrame<R> {
    return this.derive(plan.toNames(this.relation, names))
  }

  /**
   * Leaves columns out.
   * @example spark.range(1n).withColumn('next', (c) => c.id.plus(1)).drop('id') // => [{ next: 1n }]
   */
  drop<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): DataFrame<{ readonly [N in Exclude<keyof S, K>]: S[N] }> {
    return this.derive(plan.drop(this.relation, names))
  }

  /**
   * Chooses the columns whose names match a regular expression of Java's.
   * @example spark.range(1n).withColumn('next', (c) => c.id.plus(1)).colRegex('n.*') // => [{ next: 1n }]
   */
  colRegex<R extends Schema = Schema>(pattern: string): DataFrame<R> {
    return this.derive(plan.project(this.relation, [attributesLike(pattern)]))
  }

  /**
   * A column that the source keeps beside its rows, such as `_metadata` of files; for `select` and the like.
   * The compiler takes your word for its type. Since Spark 3.5.
   * @example async () => spark.read.text('/lake/lines').metadataColumn('_metadata', t.struct({ file_path: t.string })) // a column
   */
  metadataColumn<T extends AnyType>(name: string, _type: T): Column<T> {
    return new Column(metadataAttribute(name))
  }

  /**
   * Attaches metadata to a column, for sources and libraries that look at them.
   * @example spark.range(1n).withMetadata('id', { unit: 's' }) // => [{ id: 0n }]
   */
  withMetadata<S extends Schema>(
    this: DataFrame<S>,
    name: Names<S>,
    metadata: Readonly<Record<string, unknown>>,
  ): DataFrame<S> {
    const column = { name, expr: attribute(name), metadata: JSON.stringify(metadata) }
    return this.derive(plan.withMetadata(this.relation, column))
  }

  /**
   * Brings the rows into another schema: columns by name, converted and in its order; others are left out.
   * @throws SparkConnectError, as an action runs, where a column is missing or does not convert
   * @example spark.range(1n).to(schema({ id: t.string })) // => [{ id: '0' }]
   */
  to<T extends Schema>(columns: T): DataFrame<T> {
    return this.derive(plan.toSchema(this.relation, toProtoType(t.struct(columns))))
  }

  /**
   * The same rows with the columns declared, once the server has confirmed them. Further columns are left out.
   * @throws SparkConnectError FAILED_PRECONDITION with every discrepancy: a column that is missing or of another
   * type, or one that may be null where it was declared not to be
   * @example await spark.sql('select 1L as n').as(schema({ n: t.long })).then((frame) => frame.collect()) // => [{ n: 1n }]
   */
  async as<T extends Schema>(columns: T, options: ActionOptions = {}): Promise<DataFrame<T>> {
    await this.executor.checkSchema(this.relation, columns, options)
    return this.derive(plan.project(this.relation, Object.keys(columns).map(attributeOf)))
  }

  /**
   * Names the frame, so that fragments of SQL can say `name.column`.
   * @example spark.range(1n).alias('r').selectExpr('r.id') // => [{ id: 0n }]
   */
  alias<S extends Schema>(this: DataFrame<S>, name: string): DataFrame<S> {
    return this.derive(plan.subqueryAlias(this.relation, name))
  }

  /**
   * Every row as a text in JSON; fields that are null are left out.
   * @example spark.range(1n).toJSON() // => [{ value: '{"id":0}' }]
   */
  toJSON(): DataFrame<TextLine> {
    const row = call('to_json', [call('struct', [star()])])
    return this.derive(plan.project(this.relation, [new Column(row).alias('value').expression]))
  }
}

const attributeOf = (name: string): ExpressionNode => attribute(name)
