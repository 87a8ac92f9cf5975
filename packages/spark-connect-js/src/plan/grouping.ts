import { Aggregate_GroupType as GroupType } from '../generated/spark/connect/relations_pb.js'
import { alias, type ExpressionNode, type LiteralNode } from './expression.ts'
import { relationNode as node, type RelationNode } from './relation.ts'

export type NamedExpression = readonly [name: string, expression: ExpressionNode]

const GROUP_TYPES = {
  groupby: GroupType.GROUPBY,
  rollup: GroupType.ROLLUP,
  cube: GroupType.CUBE,
  pivot: GroupType.PIVOT,
  // Since Spark 4.0.
  grouping_sets: GroupType.GROUPING_SETS,
} as const

/** How rows come into groups. */
export interface Grouping {
  readonly kind: keyof typeof GROUP_TYPES
  readonly keys: readonly NamedExpression[]
  /** Of `grouping_sets`: the keys of each set. */
  readonly sets?: readonly (readonly ExpressionNode[])[]
  /** Of `pivot`: the column whose values become columns; all its values where none are listed. */
  readonly pivot?: { readonly col: ExpressionNode; readonly values: readonly LiteralNode[] }
}

/** One row a group: keys, then aggregates. */
export const aggregate = (
  input: RelationNode,
  { kind, keys, sets = [], pivot }: Grouping,
  aggregates: readonly NamedExpression[],
): RelationNode =>
  node({
    case: 'aggregate',
    value: {
      input,
      groupType: GROUP_TYPES[kind],
      // The server finds a set's columns among the keys only where neither is renamed.
      groupingExpressions: keys.map(([name, expression]) =>
        kind === 'grouping_sets' ? expression : alias(expression, name),
      ),
      aggregateExpressions: aggregates.map(([name, expression]) => alias(expression, name)),
      groupingSets: sets.map((set) => ({ groupingSet: [...set] })),
      ...(pivot && { pivot: { col: pivot.col, values: [...pivot.values] } }),
    },
  })

export interface UnpivotParts {
  readonly ids: readonly ExpressionNode[]
  /** All columns but the ids if left out. */
  readonly values: readonly ExpressionNode[] | undefined
  readonly variableColumnName: string
  readonly valueColumnName: string
}

export const unpivot = (input: RelationNode, { ids, values, ...names }: UnpivotParts): RelationNode =>
  node({
    case: 'unpivot',
    value: { input, ids: [...ids], ...(values && { values: { values: [...values] } }), ...names },
  })

/** Since Spark 4.0. */
export const transpose = (input: RelationNode, indexColumns: readonly ExpressionNode[]): RelationNode =>
  node({ case: 'transpose', value: { input, indexColumns: [...indexColumns] } })
