import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { RelationSchema, type Relation } from '../generated/spark/connect/relations_pb.js'
import type { DataType } from '../generated/spark/connect/types_pb.js'
import { alias as aliasExpression, type ExpressionNode, type SortOrderNode } from './expression.ts'
import { referencesOf } from './reference.ts'

/** One step of a plan. Frozen: a frame shares its input's node with every frame made from it. */
export type RelationNode = Readonly<Relation>

type RelationInit = NonNullable<MessageInitShape<typeof RelationSchema>['relType']>

/** One step of a plan; with the frames that its expressions refer to, should there be any. */
export const relationNode = (relType: RelationInit): RelationNode => {
  const step: RelationNode = Object.freeze(create(RelationSchema, { relType }))
  const references = referencesOf(relType.value)
  if (references.length === 0) return step
  const value = { root: step, references: [...references] }
  return Object.freeze(create(RelationSchema, { relType: { case: 'withRelations', value } }))
}

const node = relationNode

export interface DataSource {
  /** The server's default if left out. */
  readonly format?: string
  readonly schema?: string
  readonly options: Readonly<Record<string, string>>
  readonly paths: readonly string[]
  /** Conditions in the source's own SQL, one for each partition; for JDBC. */
  readonly predicates?: readonly string[]
}

export const readDataSource = ({ paths, predicates = [], ...source }: DataSource): RelationNode =>
  node({
    case: 'read',
    value: {
      readType: {
        case: 'dataSource',
        value: { ...source, paths: [...paths], predicates: [...predicates] },
      },
    },
  })

export const readTable = (
  unparsedIdentifier: string,
  options: Readonly<Record<string, string>> = {},
): RelationNode =>
  node({
    case: 'read',
    value: { readType: { case: 'namedTable', value: { unparsedIdentifier, options: { ...options } } } },
  })

/** The rows that a table-valued function gives. Since Spark 4.0. */
export const tableValuedFunction = (functionName: string, args: readonly ExpressionNode[]): RelationNode =>
  node({ case: 'unresolvedTableValuedFunction', value: { functionName, arguments: [...args] } })

/** Rows that the server keeps under an id. */
export const cachedRemoteRelation = (relationId: string): RelationNode =>
  node({ case: 'cachedRemoteRelation', value: { relationId } })

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

/** Adds one column with metadata, which is JSON. */
export const withMetadata = (
  input: RelationNode,
  {
    name,
    expr,
    metadata,
  }: { readonly name: string; readonly expr: ExpressionNode; readonly metadata: string },
): RelationNode =>
  node({ case: 'withColumns', value: { input, aliases: [{ expr, name: [name], metadata }] } })

export const toNames = (input: RelationNode, columnNames: readonly string[]): RelationNode =>
  node({ case: 'toDf', value: { input, columnNames: [...columnNames] } })

export const drop = (input: RelationNode, columnNames: readonly string[]): RelationNode =>
  node({ case: 'drop', value: { input, columnNames: [...columnNames] } })

export const deduplicate = (
  input: RelationNode,
  columnNames: readonly string[],
  withinWatermark: boolean = false,
): RelationNode =>
  node({
    case: 'deduplicate',
    value: {
      input,
      columnNames: [...columnNames],
      allColumnsAsKeys: columnNames.length === 0,
      ...(withinWatermark && { withinWatermark }),
    },
  })

export const subqueryAlias = (input: RelationNode, name: string): RelationNode =>
  node({ case: 'subqueryAlias', value: { input, alias: name } })

export const sort = (input: RelationNode, order: readonly SortOrderNode[], isGlobal: boolean): RelationNode =>
  node({ case: 'sort', value: { input, order: [...order], isGlobal } })

export const limit = (input: RelationNode, rows: number): RelationNode =>
  node({ case: 'limit', value: { input, limit: rows } })

export const offset = (input: RelationNode, rows: number): RelationNode =>
  node({ case: 'offset', value: { input, offset: rows } })

export const tail = (input: RelationNode, rows: number): RelationNode =>
  node({ case: 'tail', value: { input, limit: rows } })

export interface SampleParts {
  readonly lowerBound: number
  readonly upperBound: number
  readonly withReplacement: boolean
  readonly seed: bigint
  /** Whether rows are sorted first, so that samples of one frame split it. */
  readonly deterministicOrder: boolean
}

export const sample = (input: RelationNode, parts: SampleParts): RelationNode =>
  node({ case: 'sample', value: { input, ...parts } })

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

export const hint = (
  input: RelationNode,
  name: string,
  parameters: readonly ExpressionNode[],
): RelationNode => node({ case: 'hint', value: { input, name, parameters: [...parameters] } })

export const withWatermark = (input: RelationNode, eventTime: string, delayThreshold: string): RelationNode =>
  node({ case: 'withWatermark', value: { input, eventTime, delayThreshold } })

export interface ShowParts {
  readonly numRows: number
  /** How many characters of a cell are shown; 0 for all. */
  readonly truncate: number
  readonly vertical: boolean
}

/** One row with one text: the rows drawn as a table. */
export const showString = (input: RelationNode, parts: ShowParts): RelationNode =>
  node({ case: 'showString', value: { input, ...parts } })

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
