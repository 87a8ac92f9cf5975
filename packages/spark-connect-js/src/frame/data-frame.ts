import { commandPlan, createView, rootPlan, type PlanNode } from '../plan/command.ts'
import * as plan from '../plan/relation.ts'
import { DataStreamWriter } from './data-stream-writer.ts'
import type { JoinHow, RelationNode } from '../plan/relation.ts'
import { SortColumn, type BooleanColumn, type Column } from '../column/column.ts'
import { count } from '../column/functions/aggregate.ts'
import { attribute } from '../plan/expression.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import type { AnyNull, Row, WithNull } from '../types/value.ts'
import {
  columnsOf,
  namedExpressions,
  type ColumnRecord,
  type ColumnsOf,
  type Names,
  type SchemaOfRecord,
  type WithColumns,
} from './columns.ts'
import type { ActionOptions, ExplainMode, Executor } from './executor.ts'
import { GroupedData } from './grouped-data.ts'
import type { Joinable, JoinCondition, JoinedUsing, JoinOptions } from './join.ts'
import { selectedExpressions, type SchemaOfSelection, type Selection } from './selection.ts'
import { DataFrameWriter } from './writer.ts'

type OrderColumns = readonly (Column<AnyType> | SortColumn)[]

/** Two schemas with the same names and kinds; where they differ, the sentence names the column. */
type UnionWith<S extends Schema, R extends Schema> = {
  readonly [K in keyof S | keyof R]: K extends keyof S
    ? K extends keyof R
      ? R[K]['kind'] extends S[K]['kind']
        ? R[K]
        : `column "${K & string}" is ${S[K]['kind']} on one side and ${R[K]['kind']} on the other`
      : `column "${K & string}" is missing on the other side`
    : `column "${K & string}" is missing on this side`
}

type UnionOf<S extends Schema, R extends Schema> = {
  readonly [K in keyof S]: K extends keyof R ? WithNull<S[K], AnyNull<S[K] | R[K]>> : S[K]
}

/**
 * A plan for rows of schema `S`: immutable, lazy, checked by the compiler. Nothing runs until an action
 * (`collect`, `count`, `for await`, `write` ...). Named as in PySpark.
 */
export class DataFrame<S extends Schema> implements AsyncIterable<Row<S>> {
  /** Exists for the compiler only. */
  declare readonly rowSchema: S
  readonly relation: RelationNode
  readonly #executor: Executor

  constructor(relation: RelationNode, executor: Executor) {
    this.relation = relation
    this.#executor = executor
  }

  /**
   * Chooses columns by name, or makes new ones: `select('id')`, `select((c) => ({ id: c.author_id }))`.
   * @example spark.range(0n, 3n).select((c) => ({ twice: c.id.times(2) })) // => [{ twice: 0n }, { twice: 2n }, { twice: 4n }]
   */
  select<K extends Names<S>>(...names: readonly K[]): DataFrame<{ readonly [N in K]: S[N] }>
  select<const R extends Selection>(columns: (c: ColumnsOf<S>) => R): DataFrame<SchemaOfSelection<R>>
  select(...selection: readonly (string | ((c: ColumnsOf<S>) => Selection))[]): DataFrame<Schema> {
    const expressions = selection.flatMap((choice) =>
      typeof choice === 'string' ? [attribute(choice)] : selectedExpressions(choice(columnsOf())),
    )
    return this.#derive(plan.project(this.relation, expressions))
  }

  /**
   * Adds columns, or replaces those of the same name.
   * @example spark.range(1n, 2n).withColumns((c) => ({ next: c.id.plus(1) })) // => [{ id: 1n, next: 2n }]
   */
  withColumns<const R extends ColumnRecord>(columns: (c: ColumnsOf<S>) => R): DataFrame<WithColumns<S, R>> {
    return this.#derive(plan.withColumns(this.relation, namedExpressions(columns(columnsOf()))))
  }

  /**
   * Gives columns other names.
   * @example spark.range(1n, 2n).withColumnsRenamed({ id: 'n' }) // => [{ n: 1n }]
   */
  withColumnsRenamed<const R extends { readonly [K in Names<S>]?: string }>(
    names: R,
  ): DataFrame<{ readonly [K in keyof S as K extends keyof R ? R[K] & string : K]: S[K] }> {
    return this.#derive(plan.renameColumns(this.relation, names as Readonly<Record<string, string>>))
  }

  /**
   * Leaves columns out.
   * @example spark.range(1n, 2n).withColumns(() => ({ x: 'a' })).drop('id') // => [{ x: 'a' }]
   */
  drop<K extends Names<S>>(...names: readonly K[]): DataFrame<{ readonly [N in Exclude<keyof S, K>]: S[N] }> {
    return this.#derive(plan.drop(this.relation, names))
  }

  /**
   * Keeps the rows for which the condition is true; not those for which it is null.
   * @example spark.range(0n, 3n).filter((c) => c.id.gt(1)) // => [{ id: 2n }]
   */
  filter(condition: (c: ColumnsOf<S>) => BooleanColumn): DataFrame<S> {
    return this.#derive(plan.filter(this.relation, condition(columnsOf()).expression))
  }

  /**
   * Removes rows with a null in one of the columns, and tells the compiler.
   * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).dropna('n') // => [{ n: 1n }]
   */
  dropna<K extends Names<S>>(
    ...names: readonly K[]
  ): DataFrame<{ readonly [N in keyof S]: N extends K ? WithNull<S[N], false> : S[N] }> {
    return this.#derive(plan.dropNulls(this.relation, names))
  }

  /**
   * Keeps one row, any, of each combination of the named columns; without names, of all columns.
   * @example spark.range(0n, 9n).select(() => ({ x: 'a' })).dropDuplicates('x') // => [{ x: 'a' }]
   */
  dropDuplicates(...names: readonly Names<S>[]): DataFrame<S> {
    return this.#derive(plan.deduplicate(this.relation, names))
  }

  /**
   * Groups by columns of these names, or by new ones; without any, the whole frame is one group.
   * @example spark.range(0n, 3n).groupBy((c) => ({ odd: c.id.mod(2) })).agg(() => ({ n: count() })).orderBy((c) => c.odd) // => [{ odd: 0n, n: 2n }, { odd: 1n, n: 1n }]
   */
  groupBy(): GroupedData<S, Record<never, never>>
  groupBy<K extends Names<S>>(...names: readonly K[]): GroupedData<S, { readonly [N in K]: S[N] }>
  groupBy<const R extends ColumnRecord>(columns: (c: ColumnsOf<S>) => R): GroupedData<S, SchemaOfRecord<R>>
  groupBy(...groupings: readonly (string | ((c: ColumnsOf<S>) => ColumnRecord))[]): GroupedData<S, Schema> {
    const expressions = groupings.flatMap((grouping) =>
      typeof grouping === 'string'
        ? [[grouping, attribute(grouping)] as const]
        : namedExpressions(grouping(columnsOf())),
    )
    return new GroupedData(this.relation, expressions, this.#executor)
  }

  /**
   * Aggregates the whole frame to one row.
   * @example spark.range(0n, 3n).agg((c) => ({ s: sum(c.id) })) // => [{ s: 3n }]
   */
  agg<const R extends ColumnRecord>(aggregates: (c: ColumnsOf<S>) => R): DataFrame<SchemaOfRecord<R>> {
    return this.#derive(plan.aggregate(this.relation, [], namedExpressions(aggregates(columnsOf()))))
  }

  /**
   * Joins on columns of the same name, or on a condition. Other columns must not share a name.
   * @example spark.range(0n, 3n).join(spark.range(2n, 9n), { on: 'id', how: 'inner' }) // => [{ id: 2n }]
   * @example spark.range(0n, 2n).join(spark.range(1n, 9n).withColumnsRenamed({ id: 'n' }), { on: (l, r) => l.id.eq(r.n), how: 'left' }).orderBy((c) => c.id) // => [{ id: 0n, n: null }, { id: 1n, n: 1n }]
   */
  join<R extends Schema, const K extends Names<S> & Names<R>, H extends Exclude<JoinHow, 'cross'>>(
    right: DataFrame<R> & Joinable<S, R, K, H>,
    options: JoinOptions<K | readonly K[], H>,
  ): DataFrame<JoinedUsing<S, R, K, H>>
  join<R extends Schema, H extends Exclude<JoinHow, 'cross'>>(
    right: DataFrame<R> & Joinable<S, R, never, H>,
    options: JoinOptions<JoinCondition<S, R>, H>,
  ): DataFrame<JoinedUsing<S, R, never, H>>
  join<R extends Schema>(
    right: DataFrame<R>,
    { on, how }: JoinOptions<string | readonly string[] | JoinCondition<S, R>, JoinHow>,
  ): DataFrame<Schema> {
    if (typeof on !== 'function') {
      const usingColumns = typeof on === 'string' ? [on] : on
      return this.#derive(plan.join({ left: this.relation, right: right.relation, how, usingColumns }))
    }
    // Aliases keep the sides apart even where a frame is joined to itself.
    const [left, other] = [
      plan.subqueryAlias(this.relation, '__left'),
      plan.subqueryAlias(right.relation, '__right'),
    ]
    const joinCondition = on(columnsOf('__left'), columnsOf('__right')).expression
    return this.#derive(plan.join({ left, right: other, how, joinCondition }))
  }

  /**
   * Pairs every row with every row of the other frame.
   * @example spark.range(1n, 2n).crossJoin(spark.range(2n, 3n).withColumnsRenamed({ id: 'n' })) // => [{ id: 1n, n: 2n }]
   */
  crossJoin<R extends Schema>(
    right: DataFrame<R> & Joinable<S, R, never, 'cross'>,
  ): DataFrame<JoinedUsing<S, R, never, 'cross'>> {
    return this.#derive(plan.join({ left: this.relation, right: right.relation, how: 'cross' }))
  }

  /**
   * The rows of both frames, columns matched by name.
   * @example spark.range(0n, 1n).unionByName(spark.range(1n, 2n)) // => [{ id: 0n }, { id: 1n }]
   */
  unionByName<R extends Schema>(
    other: DataFrame<R> & DataFrame<UnionWith<S, R> & R>,
  ): DataFrame<UnionOf<S, R>> {
    return this.#derive(plan.unionByName(this.relation, other.relation))
  }

  /**
   * Orders all rows.
   * @example spark.range(0n, 3n).orderBy((c) => c.id.desc()) // => [{ id: 2n }, { id: 1n }, { id: 0n }]
   */
  orderBy(columns: (c: ColumnsOf<S>) => Column<AnyType> | SortColumn | OrderColumns): DataFrame<S> {
    return this.#derive(plan.sort(this.relation, sortOrders(columns(columnsOf())), true))
  }

  /**
   * Orders the rows of each partition, without a shuffle.
   * @example spark.range(0n, 3n).coalesce(1).sortWithinPartitions((c) => c.id.desc()) // => [{ id: 2n }, { id: 1n }, { id: 0n }]
   */
  sortWithinPartitions(
    columns: (c: ColumnsOf<S>) => Column<AnyType> | SortColumn | OrderColumns,
  ): DataFrame<S> {
    return this.#derive(plan.sort(this.relation, sortOrders(columns(columnsOf())), false))
  }

  /**
   * The first rows, no more than `rows`.
   * @example spark.range(0n, 3n).limit(1) // => [{ id: 0n }]
   */
  limit(rows: number): DataFrame<S> {
    return this.#derive(plan.limit(this.relation, rows))
  }

  /**
   * Shuffles the rows into a number of partitions, or by columns, or both.
   * @example await spark.range(0n, 3n).repartition(2, 'id').count() // => 3n
   */
  repartition(numPartitions: number | undefined, ...names: readonly Names<S>[]): DataFrame<S> {
    if (names.length === 0 && numPartitions !== undefined) {
      return this.#derive(plan.repartition(this.relation, numPartitions, true))
    }
    const expressions = names.map((name) => attribute(name))
    return this.#derive(plan.repartitionBy(this.relation, expressions, numPartitions))
  }

  /**
   * Lowers the number of partitions without a shuffle.
   * @example await spark.range(0n, 3n).coalesce(1).count() // => 3n
   */
  coalesce(numPartitions: number): DataFrame<S> {
    return this.#derive(plan.repartition(this.relation, numPartitions, false))
  }

  /**
   * A hint to the planner, such as `broadcast`.
   * @example spark.range(0n, 1n).join(spark.range(0n, 1n).hint('broadcast'), { on: 'id', how: 'inner' }) // => [{ id: 0n }]
   */
  hint(name: string): DataFrame<S> {
    return this.#derive(plan.hint(this.relation, name))
  }

  /**
   * Computes metrics over the rows as they pass, at no extra pass. After an action,
   * `spark.observed(name)` has their values.
   * @example await spark.range(0n, 3n).observe('seen', () => ({ rows: count() })).collect().then(() => spark.observed('seen')) // => ({ rows: 3n })
   */
  observe(name: string, metrics: (c: ColumnsOf<S>) => ColumnRecord): DataFrame<S> {
    return this.#derive(plan.collectMetrics(this.relation, name, namedExpressions(metrics(columnsOf()))))
  }

  /**
   * Chains a transform: `frame.transform(withCascadeDepth({ kernel }))`.
   * @example spark.range(0n, 3n).transform((frame) => frame.limit(1)) // => [{ id: 0n }]
   */
  transform<R>(transform: (frame: DataFrame<S>) => R): R {
    return transform(this)
  }

  /**
   * Writes the rows of a stream as they come.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop()) // => undefined
   */
  get writeStream(): DataStreamWriter {
    return new DataStreamWriter(this.relation, this.#executor)
  }

  /**
   * Begins to say how the rows are written.
   * @example await spark.range(0n, 3n).write.mode('overwrite').parquet(`${folder}/ids`)
   */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.relation, this.#executor)
  }

  /**
   * All rows, in memory. @throws SparkConnectError
   * @example await spark.range(0n, 3n).collect() // => [{ id: 0n }, { id: 1n }, { id: 2n }]
   */
  async collect(options: ActionOptions = {}): Promise<Row<S>[]> {
    const rows: Row<S>[] = []
    for await (const batch of this.#batches(rootPlan(this.relation), options)) {
      for (const row of batch.rows) rows.push(row as Row<S>)
    }
    return rows
  }

  /**
   * The rows as they arrive, one batch in memory at a time. Leaving the loop ends the operation.
   * @example await Array.fromAsync(spark.range(0n, 3n).rows(), (row) => row.id) // => [0n, 1n, 2n]
   */
  async *rows(options: ActionOptions = {}): AsyncGenerator<Row<S>> {
    for await (const batch of this.#batches(rootPlan(this.relation), options)) {
      yield* batch.rows as Iterable<Row<S>>
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Row<S>> {
    return this.rows()
  }

  /**
   * The first row; undefined if there is none.
   * @example await spark.range(0n, 3n).first() // => ({ id: 0n })
   */
  async first(options: ActionOptions = {}): Promise<Row<S> | undefined> {
    return (await this.limit(1).collect(options))[0]
  }

  /**
   * The number of rows.
   * @example await spark.range(0n, 3n).count() // => 3n
   */
  async count(options: ActionOptions = {}): Promise<bigint> {
    const [row] = await this.agg(() => ({ count: count() })).collect(options)
    return row?.count ?? 0n
  }

  /**
   * The columns and types as the server resolves them.
   * @example schemaDdl(await spark.range(0n, 3n).schema()) // => 'id BIGINT NOT NULL'
   */
  schema(options: ActionOptions = {}): Promise<Schema> {
    return this.#executor.schema(this.relation, options)
  }

  /**
   * How the server would compute the rows.
   * @example await spark.range(0n, 3n).explain('formatted') // the plan as a text
   */
  explain(mode: ExplainMode = 'simple', options: ActionOptions = {}): Promise<string> {
    return this.#executor.explain(this.relation, mode, options)
  }

  /**
   * Keeps the rows on the server once they have been computed.
   * @example await spark.range(0n, 3n).persist().then((frame) => frame.count()) // => 3n
   */
  async persist(options: ActionOptions = {}): Promise<this> {
    await this.#executor.persist(this.relation, options)
    return this
  }

  /**
   * Lets go what `persist` keeps.
   * @example await spark.range(0n, 3n).unpersist() // the frame
   */
  async unpersist(options: ActionOptions = {}): Promise<this> {
    await this.#executor.unpersist(this.relation, options)
    return this
  }

  /**
   * Names the frame for SQL, within this session.
   * @example await spark.range(0n, 3n).createOrReplaceTempView('ids').then(() => spark.read.table('ids').count()) // => 3n
   */
  async createOrReplaceTempView(name: string, options: ActionOptions = {}): Promise<void> {
    const command = commandPlan(createView(this.relation, name, true))
    for await (const _ of this.#batches(command, options));
  }

  #batches(node: PlanNode, options: ActionOptions) {
    return this.#executor.execute(node, options)
  }

  #derive<R extends Schema>(relation: RelationNode): DataFrame<R> {
    return new DataFrame<R>(relation, this.#executor)
  }
}

const sortOrders = (columns: Column<AnyType> | SortColumn | OrderColumns) =>
  [columns].flat().map((column) => (column instanceof SortColumn ? column : column.asc()).sortOrder)
