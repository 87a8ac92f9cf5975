import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { PlanSchema, type Plan } from '../generated/spark/connect/base_pb.js'
import {
  CommandSchema,
  WriteOperation_SaveMode,
  WriteOperation_SaveTable_TableSaveMethod,
  WriteOperationV2_Mode,
  type Command,
} from '../generated/spark/connect/commands_pb.js'
import type { StorageLevel } from './analysis.ts'
import type { ExpressionNode } from './expression.ts'
import type { RelationNode } from './relation.ts'

export type CommandNode = Readonly<Command>
export type PlanNode = Readonly<Plan>

export const commandNode = (
  commandType: NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>,
): CommandNode => Object.freeze(create(CommandSchema, { commandType }))

const node = commandNode

const SAVE_MODES = {
  append: WriteOperation_SaveMode.APPEND,
  overwrite: WriteOperation_SaveMode.OVERWRITE,
  error: WriteOperation_SaveMode.ERROR_IF_EXISTS,
  ignore: WriteOperation_SaveMode.IGNORE,
} as const

/** What a writer does when rows are there already. */
export type SaveMode = keyof typeof SAVE_MODES

/** Where rows go: files under a path, a table made of them, or a table that is there already. */
export type WriteTarget =
  { readonly path: string } | { readonly table: string } | { readonly insertInto: string }

export interface WriteParts {
  readonly input: RelationNode
  /** The server's default if left out. */
  readonly source?: string | undefined
  readonly mode: SaveMode
  readonly options: Readonly<Record<string, string>>
  readonly partitioningColumns: readonly string[]
  readonly sortColumnNames?: readonly string[]
  readonly bucketBy?:
    { readonly numBuckets: number; readonly bucketColumnNames: readonly string[] } | undefined
  /** Since Spark 4.0. */
  readonly clusteringColumns?: readonly string[]
  readonly target?: WriteTarget | undefined
}

export const write = ({
  input,
  source,
  mode,
  options,
  bucketBy,
  target,
  ...lists
}: WriteParts): CommandNode =>
  node({
    case: 'writeOperation',
    value: {
      input,
      ...(source !== undefined && { source }),
      options: { ...options },
      partitioningColumns: [...lists.partitioningColumns],
      sortColumnNames: [...(lists.sortColumnNames ?? [])],
      clusteringColumns: [...(lists.clusteringColumns ?? [])],
      ...(bucketBy && { bucketBy: { ...bucketBy, bucketColumnNames: [...bucketBy.bucketColumnNames] } }),
      mode: SAVE_MODES[mode],
      ...(target && { saveType: saveType(target) }),
    },
  })

const { SAVE_AS_TABLE, INSERT_INTO } = WriteOperation_SaveTable_TableSaveMethod

const saveType = (target: WriteTarget) => {
  if ('path' in target) return { case: 'path' as const, value: target.path }
  const value =
    'table' in target
      ? { tableName: target.table, saveMethod: SAVE_AS_TABLE }
      : { tableName: target.insertInto, saveMethod: INSERT_INTO }
  return { case: 'table' as const, value }
}

const WRITE_MODES = {
  create: WriteOperationV2_Mode.CREATE,
  overwrite: WriteOperationV2_Mode.OVERWRITE,
  overwrite_partitions: WriteOperationV2_Mode.OVERWRITE_PARTITIONS,
  append: WriteOperationV2_Mode.APPEND,
  replace: WriteOperationV2_Mode.REPLACE,
  create_or_replace: WriteOperationV2_Mode.CREATE_OR_REPLACE,
} as const

export interface TableWriteParts {
  readonly input: RelationNode
  readonly tableName: string
  readonly provider?: string | undefined
  readonly options: Readonly<Record<string, string>>
  readonly tableProperties: Readonly<Record<string, string>>
  readonly partitioningColumns: readonly ExpressionNode[]
  /** Since Spark 4.0. */
  readonly clusteringColumns: readonly string[]
}

export const writeTable = (
  { provider, options, tableProperties, ...parts }: TableWriteParts,
  mode: keyof typeof WRITE_MODES,
  overwriteCondition?: ExpressionNode,
): CommandNode =>
  node({
    case: 'writeOperationV2',
    value: {
      input: parts.input,
      tableName: parts.tableName,
      ...(provider !== undefined && { provider }),
      options: { ...options },
      tableProperties: { ...tableProperties },
      partitioningColumns: [...parts.partitioningColumns],
      clusteringColumns: [...parts.clusteringColumns],
      mode: WRITE_MODES[mode],
      ...(overwriteCondition && { overwriteCondition }),
    },
  })

export interface ViewParts {
  readonly name: string
  /** Whether other sessions see it, as `global_temp.name`. */
  readonly isGlobal: boolean
  readonly replace: boolean
}

export const createView = (input: RelationNode, parts: ViewParts): CommandNode =>
  node({ case: 'createDataframeView', value: { input, ...parts } })

export interface CheckpointParts {
  /** Whether the rows stay on the executors; else they go to the checkpoint folder. */
  readonly local: boolean
  readonly eager: boolean
  readonly storageLevel?: StorageLevel | undefined
}

/** Since Spark 4.0. */
export const checkpoint = (
  relation: RelationNode,
  { storageLevel, ...parts }: CheckpointParts,
): CommandNode =>
  node({
    case: 'checkpointCommand',
    value: { relation, ...parts, ...(storageLevel && { storageLevel }) },
  })

export const rootPlan = (root: RelationNode): PlanNode =>
  Object.freeze(create(PlanSchema, { opType: { case: 'root', value: root } }))

export const commandPlan = (command: CommandNode): PlanNode =>
  Object.freeze(create(PlanSchema, { opType: { case: 'command', value: command } }))
