import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  Aggregate_GroupType,
  Join_JoinType,
  RelationSchema,
  SetOperation_SetOpType,
  type Relation,
} from '../generated/spark/connect/relations_pb.js'
import type { DataType } from '../generated/spark/connect/types_pb.js'
import { alias as aliasExpression, type ExpressionNode, type SortOrderNode } from './expression.ts'

/** One step of a plan. Frozen: a frame shares its input's node with every frame made from it. */
export type RelationNode = Readonly<Relation>

const node = (relType: NonNullable<MessageInitShape<typeof RelationSchema>['relType']>): RelationNode =>
  Object.freeze(create(RelationSchema, { relType }))

export interface DataSource {
  readonly format: string
  readonly schema?: string
  readonly options: Readonly<Record<string, string>>
  readonly paths: readonly string[]
}

export const readDataSource = ({ paths, ...source }: DataSource): RelationNode =>
  node({
    case: 'read',
    value: { readType: { case: 'dataSource', value: { ...source, paths: [...paths] } } },
  })

export const readTable = (unparsedIdentifier: string): RelationNode =>
  node({ case: 'read', value: { readType: { case: 'namedTable', value: { unparsedIdentifier } } } })

/** Values for the parameters of a query: by name (`:author`) or by place (`?`). */
export type SqlParameters = { readonly [name: string]: ExpressionNode } | readonly ExpressionNode[]

export const sqlQuery = (query: string, parameters: SqlParameters = []): RelationNode =>
  node({ case: 'sql', value: { query, ...sqlParameters(parameters) } })

/** Constants in the fields that servers of 3.5 know, which later ones read too; anything else needs 4.0. */
const sqlParameters = (parameters: SqlParameters) => {
  if (Array.isArray(parameters)) {
    const list = parameters as readonly ExpressionNode[]
    const literals = list.flatMap((value) => literalOf(value) ?? [])
    return literals.length === list.length ? { posArgs: literals } : { posArguments: [...list] }
  }
  const entries = Object.entries(parameters as Readonly<Record<string, ExpressionNode>>)
  const literals = entries.flatMap(([name, value]) => {
    const literal = literalOf(value)
    return literal ? [[name, literal] as const] : []
  })
  return literals.length === entries.length
    ? { args: Object.fromEntries(literals) }
    : { namedArguments: Object.fromEntries(entries) }
}

const literalOf = ({ exprType }: ExpressionNode) => (exprType.case === 'literal' ? exprType.value : undefined)

/** The relation with the columns of a schema, cast and in their order; the server refuses what does not fit. */
export const toSchema = (input: RelationNode, schema: DataType): RelationNode =>
  node({ case: 'toSchema', value: { input, schema } })

export const range = (value: {
  start: bigint
  end: bigint
  step: bigint
  numPartitions?: number
}): RelationNode => node({ case: 'range', value })

export const project = (input: RelationNode, expressions: readonly ExpressionNode[]): RelationNode =>
  node({ case: 'project', value: { input, expressions: [...expressions] } })

export const filter = (input: RelationNode, condition: ExpressionNode): RelationNode =>
  node({ case: 'filter', value: { input, condition } })

export const withColumns = (
  input: RelationNode,
  columns: readonly (readonly [name: string, expression: ExpressionNode])[],
): RelationNode =>
  node({
    case: 'withColumns',
    value: { input, aliases: columns.map(([name, expr]) => ({ expr, name: [name] })) },
  })

export const renameColumns = (input: RelationNode, names: Readonly<Record<string, string>>): RelationNode =>
  node({
    case: 'withColumnsRenamed',
    value: {
      input,
      // Servers before 4.0 know the map only; later ones prefer the list.
      renameColumnsMap: { ...names },
      renames: Object.entries(names).map(([colName, newColName]) => ({ colName, newColName })),
    },
  })

export const drop = (input: RelationNode, columnNames: readonly string[]): RelationNode =>
  node({ case: 'drop', value: { input, columnNames: [...columnNames] } })

export const dropNulls = (input: RelationNode, cols: readonly string[]): RelationNode =>
  node({ case: 'dropNa', value: { input, cols: [...cols] } })

export const deduplicate = (input: RelationNode, columnNames: readonly string[]): RelationNode =>
  node({
    case: 'deduplicate',
    value: { input, columnNames: [...columnNames], allColumnsAsKeys: columnNames.length === 0 },
  })

export const aggregate = (
  input: RelationNode,
  groupings: readonly (readonly [name: string, expression: ExpressionNode])[],
  aggregates: readonly (readonly [name: string, expression: ExpressionNode])[],
): RelationNode =>
  node({
    case: 'aggregate',
    value: {
      input,
      groupType: Aggregate_GroupType.GROUPBY,
      groupingExpressions: groupings.map(([name, expression]) => aliasExpression(expression, name)),
      aggregateExpressions: aggregates.map(([name, expression]) => aliasExpression(expression, name)),
    },
  })

const JOIN_TYPES = {
  inner: Join_JoinType.INNER,
  left: Join_JoinType.LEFT_OUTER,
  right: Join_JoinType.RIGHT_OUTER,
  full: Join_JoinType.FULL_OUTER,
  left_semi: Join_JoinType.LEFT_SEMI,
  left_anti: Join_JoinType.LEFT_ANTI,
  cross: Join_JoinType.CROSS,
} as const

export type JoinHow = keyof typeof JOIN_TYPES

export interface JoinParts {
  readonly left: RelationNode
  readonly right: RelationNode
  readonly how: JoinHow
  readonly usingColumns?: readonly string[]
  readonly joinCondition?: ExpressionNode
}

export const join = ({ left, right, how, usingColumns = [], joinCondition }: JoinParts): RelationNode =>
  node({
    case: 'join',
    value: {
      left,
      right,
      joinType: JOIN_TYPES[how],
      usingColumns: [...usingColumns],
      ...(joinCondition && { joinCondition }),
    },
  })

export const unionByName = (leftInput: RelationNode, rightInput: RelationNode): RelationNode =>
  node({
    case: 'setOp',
    value: { leftInput, rightInput, setOpType: SetOperation_SetOpType.UNION, isAll: true, byName: true },
  })

export const subqueryAlias = (input: RelationNode, name: string): RelationNode =>
  node({ case: 'subqueryAlias', value: { input, alias: name } })

export const sort = (input: RelationNode, order: readonly SortOrderNode[], isGlobal: boolean): RelationNode =>
  node({ case: 'sort', value: { input, order: [...order], isGlobal } })

export const limit = (input: RelationNode, rows: number): RelationNode =>
  node({ case: 'limit', value: { input, limit: rows } })

export const repartition = (input: RelationNode, numPartitions: number, shuffle: boolean): RelationNode =>
  node({ case: 'repartition', value: { input, numPartitions, shuffle } })

export const repartitionBy = (
  input: RelationNode,
  partitionExprs: readonly ExpressionNode[],
  numPartitions: number | undefined,
): RelationNode =>
  node({
    case: 'repartitionByExpression',
    value: {
      input,
      partitionExprs: [...partitionExprs],
      ...(numPartitions !== undefined && { numPartitions }),
    },
  })

export const hint = (input: RelationNode, name: string): RelationNode =>
  node({ case: 'hint', value: { input, name } })

/** Computes `metrics` over the rows that pass, without a pass of its own. */
export const collectMetrics = (
  input: RelationNode,
  name: string,
  metrics: readonly (readonly [name: string, expression: ExpressionNode])[],
): RelationNode =>
  node({
    case: 'collectMetrics',
    value: { input, name, metrics: metrics.map(([key, expression]) => aliasExpression(expression, key)) },
  })
