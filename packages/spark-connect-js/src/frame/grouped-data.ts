import type { Column } from '../column/column.ts'
import { literalOf } from '../column/literal.ts'
import { attribute, call, literal, literalExpression } from '../plan/expression.ts'
import { aggregate, type Grouping, type NamedExpression } from '../plan/grouping.ts'
import type { RelationNode } from '../plan/relation.ts'
import { t, type AnyType, type DecimalType, type ScalarType, type Schema } from '../types/data-type.ts'
import type { IntegralKind, WithNull } from '../types/value.ts'
import {
  namedExpressions,
  scoped,
  type ColumnRecord,
  type ColumnsOf,
  type Names,
  type WithColumns,
} from './columns.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'
import type { NumericNames } from './stat-functions.ts'
import type { Pivoted, PivotValue, PivotValuesOf } from './pivot.ts'

interface GroupedParts {
  readonly input: RelationNode
  readonly grouping: Grouping
  readonly executor: Executor
}

type AverageOf<T extends AnyType> = T['kind'] extends 'decimal'
  ? DecimalType<boolean>
  : ScalarType<'double', boolean>

type SumOf<T extends AnyType> = T['kind'] extends 'decimal'
  ? DecimalType<boolean>
  : ScalarType<T['kind'] extends IntegralKind ? 'long' : 'double', boolean>

interface Results<T extends AnyType> {
  readonly avg: AverageOf<T>
  readonly sum: SumOf<T>
  readonly min: WithNull<T, boolean>
  readonly max: WithNull<T, boolean>
}

/** The keys, then one aggregate of each column, named as Spark does: `max(likes)`. */
type Aggregated<S extends Schema, G extends Schema, K extends Names<S>, F extends keyof Results<AnyType>> = {
  readonly [N in (keyof G & string) | `${F}(${K})`]: N extends keyof G
    ? G[N]
    : N extends `${F}(${infer C extends K})`
      ? Results<S[C]>[F]
      : never
}

/** Rows of schema `S` in groups of equal `G`. */
export class GroupedData<S extends Schema, G extends Schema> {
  readonly #parts: GroupedParts

  constructor(parts: GroupedParts) {
    this.#parts = parts
  }

  /**
   * One row a group: the grouping columns, then the aggregates.
   * @example spark.range(3n).groupBy().agg((c) => ({ s: sum(c.id) })) // => [{ s: 3n }]
   */
  agg<const R extends ColumnRecord>(aggregates: (c: ColumnsOf<S>) => R): DataFrame<WithColumns<G, R>> {
    const { input, result } = scoped(this.#parts.input, aggregates)
    return this.#aggregated(input, namedExpressions(result))
  }

  /**
   * The number of rows of each group, as `count`.
   * @example spark.range(3n).groupBy().count() // => [{ count: 3n }]
   */
  count(): DataFrame<WithColumns<G, { readonly count: Column<typeof t.long> }>> {
    const one = literalExpression(literal({ case: 'integer', value: 1 }))
    return this.#aggregated(this.#parts.input, [['count', call('count', [one])]])
  }

  /**
   * The sum of columns of numbers, named `sum(column)`.
   * @example spark.range(3n).groupBy().sum('id') // => [{ 'sum(id)': 3n }]
   */
  sum<K extends NumericNames<S>>(...names: readonly [K, ...K[]]): DataFrame<Aggregated<S, G, K, 'sum'>> {
    return this.#each('sum', names)
  }

  /**
   * The mean of columns of numbers, named `avg(column)`.
   * @example spark.range(3n).groupBy().avg('id') // => [{ 'avg(id)': 1 }]
   */
  avg<K extends NumericNames<S>>(...names: readonly [K, ...K[]]): DataFrame<Aggregated<S, G, K, 'avg'>> {
    return this.#each('avg', names)
  }

  /**
   * `avg` by another name.
   * @example spark.range(3n).groupBy().mean('id') // => [{ 'avg(id)': 1 }]
   */
  mean<K extends NumericNames<S>>(...names: readonly [K, ...K[]]): DataFrame<Aggregated<S, G, K, 'avg'>> {
    return this.#each('avg', names)
  }

  /**
   * The least value of columns of numbers, named `min(column)`.
   * @example spark.range(3n).groupBy().min('id') // => [{ 'min(id)': 0n }]
   */
  min<K extends NumericNames<S>>(...names: readonly [K, ...K[]]): DataFrame<Aggregated<S, G, K, 'min'>> {
    return this.#each('min', names)
  }

  /**
   * The greatest value of columns of numbers, named `max(column)`.
   * @example spark.range(3n).groupBy().max('id') // => [{ 'max(id)': 2n }]
   */
  max<K extends NumericNames<S>>(...names: readonly [K, ...K[]]): DataFrame<Aggregated<S, G, K, 'max'>> {
    return this.#each('max', names)
  }

  /**
   * Turns the values of a column into columns. With a list of values their names are known; without, the server looks
   * for the values first, and `as` checks the columns.
   * @throws TypeError after `rollup`, `cube` or `groupingSets`
   * @example spark.range(3n).groupBy().pivot('id', [0n, 2n]).agg((c) => ({ n: count(c.id) })) // => [{ 0: 1n, 2: 1n }]
   */
  pivot<K extends Names<S>, const V extends PivotValue & PivotValuesOf<S, K>>(
    name: K,
    values: readonly V[],
  ): PivotedData<S, G, V>
  pivot(name: Names<S>): PivotedData<S, G, PivotValue>
  pivot(name: Names<S>, values: readonly PivotValue[] = []): PivotedData<S, G, PivotValue> {
    const { grouping } = this.#parts
    if (grouping.kind !== 'groupby') {
      throw new TypeError(`a pivot needs plain groups, not those of ${grouping.kind}: call groupBy() first`)
    }
    const pivot = { col: attribute(name), values: values.map((value) => literalOf(value)) }
    return new PivotedData({ ...this.#parts, grouping: { ...grouping, kind: 'pivot', pivot } })
  }

  #each<R extends Schema>(name: keyof Results<AnyType>, columns: readonly string[]): DataFrame<R> {
    return this.#aggregated(
      this.#parts.input,
      columns.map((column) => [`${name}(${column})`, call(name, [attribute(column)])] as const),
    )
  }

  #aggregated<R extends Schema>(input: RelationNode, named: readonly NamedExpression[]): DataFrame<R> {
    return new DataFrame(aggregate(input, this.#parts.grouping, named), this.#parts.executor)
  }
}

/** Groups whose rows are spread over the values of a column. */
export class PivotedData<S extends Schema, G extends Schema, V extends PivotValue> {
  readonly #parts: GroupedParts

  constructor(parts: GroupedParts) {
    this.#parts = parts
  }

  /**
   * One row a group, one column for each value; with several aggregates, one for each value and aggregate:
   * `value_aggregate`. Null where a group has no row of the value.
   * @example spark.range(1n).groupBy().pivot('id', [0n]).agg((c) => ({ n: count(c.id), s: sum(c.id) })) // => [{ '0_n': 1n, '0_s': 0n }]
   */
  agg<const R extends ColumnRecord>(aggregates: (c: ColumnsOf<S>) => R): DataFrame<Pivoted<G, V, R>> {
    const { input, result } = scoped(this.#parts.input, aggregates)
    const named = namedExpressions(result)
    return new DataFrame(aggregate(input, this.#parts.grouping, named), this.#parts.executor)
  }
}
