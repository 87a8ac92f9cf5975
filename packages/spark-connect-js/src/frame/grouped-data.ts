import type { ExpressionNode } from '../plan/expression.ts'
import { aggregate, type RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import {
  columnsOf,
  namedExpressions,
  type ColumnRecord,
  type ColumnsOf,
  type WithColumns,
} from './columns.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'

/** Rows of schema `S` in groups of equal `G`. */
export class GroupedData<S extends Schema, G extends Schema> {
  readonly #input: RelationNode
  readonly #groupings: readonly (readonly [string, ExpressionNode])[]
  readonly #executor: Executor

  constructor(
    input: RelationNode,
    groupings: readonly (readonly [string, ExpressionNode])[],
    executor: Executor,
  ) {
    this.#input = input
    this.#groupings = groupings
    this.#executor = executor
  }

  /**
   * One row a group: the grouping columns, then the aggregates.
   * @example spark.range(0n, 4n).groupBy((c) => ({ odd: c.id.mod(2) })).agg((c) => ({ most: max(c.id) })).orderBy((c) => c.odd) // => [{ odd: 0n, most: 2n }, { odd: 1n, most: 3n }]
   */
  agg<const R extends ColumnRecord>(aggregates: (c: ColumnsOf<S>) => R): DataFrame<WithColumns<G, R>> {
    const named = namedExpressions(aggregates(columnsOf()))
    return new DataFrame(aggregate(this.#input, this.#groupings, named), this.#executor)
  }
}
