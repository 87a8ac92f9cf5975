import { Column } from '../column/column.ts'
import type { BooleanType } from '../column/operand.ts'
import { attribute } from '../plan/expression.ts'
import { aggregate, transpose, unpivot, type Grouping } from '../plan/grouping.ts'
import type { RelationNode } from '../plan/relation.ts'
import { subquery } from '../plan/subquery.ts'
import type { Schema } from '../types/data-type.ts'
import type { AllNullable, WithNull } from '../types/value.ts'
import { StatisticsFrame } from './statistics-frame.ts'
import {
  namedExpressions,
  scoped,
  type ColumnRecord,
  type ColumnsOf,
  type Names,
  type SchemaOfRecord,
} from './columns.ts'
import type { Executor } from './executor.ts'
import { GroupedData } from './grouped-data.ts'
import { TableArg } from './table-arg.ts'
import type { Unpivoted, UnpivotOptions } from './unpivot.ts'

type Keys<S extends Schema, K extends keyof S> = { readonly [N in K]: S[N] }
type GroupingKeys<S extends Schema> = readonly (string | ((c: ColumnsOf<S>) => ColumnRecord))[]

/** The keys of grouping sets: null in the groups of a set that leaves them out. */
type SetKeys<S extends Schema, G extends readonly (readonly string[])[]> = {
  readonly [N in G[number][number] & keyof S]: WithNull<
    S[N],
    S[N]['isNullable'] | { [I in keyof G]: N extends G[I][number] ? false : boolean }[number]
  >
}

/** The type of a frame's one column, or null: the frame may be empty. That it is only one, the server checks. */
type OnlyColumn<S extends Schema> = WithNull<S[keyof S], boolean>

/**
 * A plan for rows of schema `S`: immutable, lazy, checked by the compiler. Nothing runs until an action
 * (`collect`, `count`, `for await`, `write` ...). Named as in PySpark.
 * @example spark.range(2n).filter((c) => c.id.gt(0)) // => [{ id: 1n }]
 */
export class DataFrame<C extends Schema> extends StatisticsFrame<C> {
  constructor(relation: RelationNode, executor: Executor) {
    super(relation, executor, (other) => new DataFrame(other, executor))
  }

  /**
   * Groups by columns of these names, or by new ones; without any, the whole frame is one group.
   * @example spark.range(4n).groupBy((c) => ({ bit: c.id.bitwiseAND(1) })).agg((c) => ({ n: count(c.id) })).orderBy('bit') // => [{ bit: 0n, n: 2n }, { bit: 1n, n: 2n }]
   */
  groupBy<S extends Schema>(this: DataFrame<S>): GroupedData<S, Record<never, never>>
  groupBy<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): GroupedData<S, Keys<S, K>>
  groupBy<S extends Schema, const R extends ColumnRecord>(
    this: DataFrame<S>,
    columns: (c: ColumnsOf<S>) => R,
  ): GroupedData<S, SchemaOfRecord<R>>
  groupBy<S extends Schema>(this: DataFrame<S>, ...groupings: GroupingKeys<S>): GroupedData<S, Schema> {
    return this.#grouped('groupby', groupings)
  }

  /**
   * Groups by all keys, then by ever fewer from the left, then not at all; a key that is left out is null.
   * @example spark.range(2n).rollup('id').agg(() => ({ n: count() })).orderBy('id') // => [{ id: null, n: 2n }, { id: 0n, n: 1n }, { id: 1n, n: 1n }]
   */
  rollup<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): GroupedData<S, AllNullable<Keys<S, K>>>
  rollup<S extends Schema, const R extends ColumnRecord>(
    this: DataFrame<S>,
    columns: (c: ColumnsOf<S>) => R,
  ): GroupedData<S, AllNullable<SchemaOfRecord<R>>>
  rollup<S extends Schema>(this: DataFrame<S>, ...groupings: GroupingKeys<S>): GroupedData<S, Schema> {
    return this.#grouped('rollup', groupings)
  }

  /**
   * Groups by every subset of the keys; a key that is left out is null.
   * @example spark.range(2n).cube('id').agg(() => ({ n: count() })).orderBy('id') // => [{ id: null, n: 2n }, { id: 0n, n: 1n }, { id: 1n, n: 1n }]
   */
  cube<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): GroupedData<S, AllNullable<Keys<S, K>>>
  cube<S extends Schema, const R extends ColumnRecord>(
    this: DataFrame<S>,
    columns: (c: ColumnsOf<S>) => R,
  ): GroupedData<S, AllNullable<SchemaOfRecord<R>>>
  cube<S extends Schema>(this: DataFrame<S>, ...groupings: GroupingKeys<S>): GroupedData<S, Schema> {
    return this.#grouped('cube', groupings)
  }

  /**
   * Groups by each of several sets of columns; a column that a set leaves out is null. Since Spark 4.0.
   * @example spark.range(2n).groupingSets([['id'], []]).agg(() => ({ n: count() })).orderBy('id') // => [{ id: null, n: 2n }, { id: 0n, n: 1n }, { id: 1n, n: 1n }]
   */
  groupingSets<S extends Schema, const G extends readonly (readonly Names<S>[])[]>(
    this: DataFrame<S>,
    sets: G,
  ): GroupedData<S, SetKeys<S, G>> {
    const keys = [...new Set(sets.flat())].map((name) => [name, attribute(name)] as const)
    const grouping: Grouping = {
      kind: 'grouping_sets',
      keys,
      sets: sets.map((set) => set.map((name) => attribute(name))),
    }
    return new GroupedData({ input: this.relation, grouping, executor: this.executor })
  }

  /**
   * Aggregates the whole frame to one row.
   * @example spark.range(3n).agg((c) => ({ s: sum(c.id) })) // => [{ s: 3n }]
   */
  agg<S extends Schema, const R extends ColumnRecord>(
    this: DataFrame<S>,
    aggregates: (c: ColumnsOf<S>) => R,
  ): DataFrame<SchemaOfRecord<R>> {
    const { input, result } = scoped(this.relation, aggregates)
    return this.derive(aggregate(input, { kind: 'groupby', keys: [] }, namedExpressions(result)))
  }

  /**
   * Turns columns into rows: one for each of `values`, with its name and its value; `ids` stand beside them.
   * @example spark.range(1n).select((c) => ({ id: c.id, a: 1, b: 2 })).unpivot({ ids: ['id'], values: ['a', 'b'], variableColumnName: 'name', valueColumnName: 'value' }) // => [{ id: 0n, name: 'a', value: 1 }, { id: 0n, name: 'b', value: 2 }]
   */
  unpivot<
    S extends Schema,
    K extends Names<S>,
    V extends Exclude<Names<S>, K>,
    const A extends string,
    const B extends string,
  >(this: DataFrame<S>, options: UnpivotOptions<S, K, V, A, B>): DataFrame<Unpivoted<S, K, V, A, B>> {
    const { ids, values, variableColumnName, valueColumnName } = options as UnpivotOptions<S, K, V, A, B> & {
      readonly values?: readonly V[]
    }
    const parts = {
      ids: ids.map((name) => attribute(name)),
      values: values?.map((name) => attribute(name)),
      variableColumnName,
      valueColumnName,
    }
    return this.derive(unpivot(this.relation, parts))
  }

  /**
   * `unpivot` by pandas' name.
   * @example spark.range(1n).select((c) => ({ id: c.id, a: 1 })).melt({ ids: ['id'], values: ['a'], variableColumnName: 'name', valueColumnName: 'value' }) // => [{ id: 0n, name: 'a', value: 1 }]
   */
  melt<
    S extends Schema,
    K extends Names<S>,
    V extends Exclude<Names<S>, K>,
    const A extends string,
    const B extends string,
  >(this: DataFrame<S>, options: UnpivotOptions<S, K, V, A, B>): DataFrame<Unpivoted<S, K, V, A, B>> {
    return this.unpivot(options)
  }

  /**
   * Turns rows into columns: the values of one column, the first unless said, name them. For small frames: the server
   * has a limit. The columns depend on the rows; `as` checks them. Since Spark 4.0.
   * @example spark.range(1n).select((c) => ({ id: c.id, a: 1 })).transpose() // => [{ 0: 1, key: 'a' }]
   */
  transpose<S extends Schema, R extends Schema = Schema>(
    this: DataFrame<S>,
    indexColumn?: Names<S>,
  ): DataFrame<R> {
    const columns = indexColumn === undefined ? [] : [attribute(indexColumn)]
    return this.derive(transpose(this.relation, columns))
  }

  /**
   * Chains a transform: `frame.transform(withCascadeDepth({ kernel }))`.
   * @example spark.range(9n).transform((frame) => frame.limit(1)) // => [{ id: 0n }]
   */
  transform<S extends Schema, R>(this: DataFrame<S>, transform: (frame: DataFrame<S>) => R): R {
    return transform(this)
  }

  /**
   * The value of a frame with one row and one column, as a column of another frame; null if there is no row.
   * Since Spark 4.0.
   * @example spark.range(3n).filter((c) => c.id.eq(spark.range(3n).agg((d) => ({ most: max(d.id) })).scalar())) // => [{ id: 2n }]
   */
  scalar<S extends Schema>(this: DataFrame<S>): Column<OnlyColumn<S>> {
    return new Column(subquery(this.relation, { kind: 'scalar' }))
  }

  /**
   * Whether the frame has any row, as a condition of another frame. Since Spark 4.0.
   * @example spark.range(1n).filter(() => spark.range(9n).exists()) // => [{ id: 0n }]
   */
  exists(): Column<BooleanType<false>> {
    return new Column(subquery(this.relation, { kind: 'exists' }))
  }

  /**
   * The frame as an argument of a table-valued function that takes tables. Since Spark 4.0.
   * @example spark.range(1n).asTable().withSinglePartition() // an argument
   */
  asTable<S extends Schema>(this: DataFrame<S>): TableArg<S> {
    return new TableArg(this.relation)
  }

  #grouped<S extends Schema>(
    this: DataFrame<S>,
    kind: Grouping['kind'],
    groupings: GroupingKeys<S>,
  ): GroupedData<S, Schema> {
    const { input, result: keys } = scoped(this.relation, (c: ColumnsOf<S>) =>
      groupings.flatMap((grouping) =>
        typeof grouping === 'string'
          ? [[grouping, attribute(grouping)] as const]
          : namedExpressions(grouping(c)),
      ),
    )
    return new GroupedData({ input, grouping: { kind, keys }, executor: this.executor })
  }
}
