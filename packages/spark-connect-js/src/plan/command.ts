import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { PlanSchema, type Plan } from '../generated/spark/connect/base_pb.js'
import {
  CommandSchema,
  WriteOperation_SaveMode,
  WriteOperation_SaveTable_TableSaveMethod,
  type Command,
} from '../generated/spark/connect/commands_pb.js'
import type { RelationNode } from './relation.ts'

export type CommandNode = Readonly<Command>
export type PlanNode = Readonly<Plan>

const node = (commandType: NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>): CommandNode =>
  Object.freeze(create(CommandSchema, { commandType }))

const SAVE_MODES = {
  append: WriteOperation_SaveMode.APPEND,
  overwrite: WriteOperation_SaveMode.OVERWRITE,
  error: WriteOperation_SaveMode.ERROR_IF_EXISTS,
  ignore: WriteOperation_SaveMode.IGNORE,
} as const

/** What a writer does when rows are there already. */
export type SaveMode = keyof typeof SAVE_MODES

export interface WriteParts {
  readonly input: RelationNode
  readonly source: string
  readonly mode: SaveMode
  readonly options: Readonly<Record<string, string>>
  readonly partitioningColumns: readonly string[]
  readonly target?: { readonly path: string } | { readonly table: string }
}

export const write = ({ target, mode, partitioningColumns, ...parts }: WriteParts): CommandNode =>
  node({
    case: 'writeOperation',
    value: {
      ...parts,
      options: { ...parts.options },
      partitioningColumns: [...partitioningColumns],
      mode: SAVE_MODES[mode],
      ...(target && { saveType: saveType(target) }),
    },
  })

const saveType = (target: NonNullable<WriteParts['target']>) =>
  'path' in target
    ? { case: 'path' as const, value: target.path }
    : {
        case: 'table' as const,
        value: {
          tableName: target.table,
          saveMethod: WriteOperation_SaveTable_TableSaveMethod.SAVE_AS_TABLE,
        },
      }

export const createView = (input: RelationNode, name: string, replace: boolean): CommandNode =>
  node({ case: 'createDataframeView', value: { input, name, isGlobal: false, replace } })

export const rootPlan = (root: RelationNode): PlanNode =>
  Object.freeze(create(PlanSchema, { opType: { case: 'root', value: root } }))

export const commandPlan = (command: CommandNode): PlanNode =>
  Object.freeze(create(PlanSchema, { opType: { case: 'command', value: command } }))
