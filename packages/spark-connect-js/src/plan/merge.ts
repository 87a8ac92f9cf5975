import { MergeAction_ActionType as ActionType } from '../generated/spark/connect/expressions_pb.js'
import { commandNode, type CommandNode } from './command.ts'
import { expressionNode, type ExpressionNode } from './expression.ts'
import type { RelationNode } from './relation.ts'

const ACTIONS = {
  delete: ActionType.DELETE,
  insert: ActionType.INSERT,
  insert_all: ActionType.INSERT_STAR,
  update: ActionType.UPDATE,
  update_all: ActionType.UPDATE_STAR,
} as const

export interface MergeActionParts {
  readonly kind: keyof typeof ACTIONS
  readonly condition?: ExpressionNode | undefined
  readonly assignments?: readonly (readonly [key: ExpressionNode, value: ExpressionNode])[]
}

/** What a merge does with a row. */
export const mergeAction = ({ kind, condition, assignments = [] }: MergeActionParts): ExpressionNode =>
  expressionNode({
    case: 'mergeAction',
    value: {
      actionType: ACTIONS[kind],
      ...(condition && { condition }),
      assignments: assignments.map(([key, value]) => ({ key, value })),
    },
  })

export interface MergeParts {
  readonly targetTableName: string
  readonly sourceTablePlan: RelationNode
  readonly mergeCondition: ExpressionNode
  readonly matchActions: readonly ExpressionNode[]
  readonly notMatchedActions: readonly ExpressionNode[]
  readonly notMatchedBySourceActions: readonly ExpressionNode[]
  readonly withSchemaEvolution: boolean
}

/** Since Spark 4.0. */
export const mergeInto = ({ matchActions, notMatchedActions, ...parts }: MergeParts): CommandNode =>
  commandNode({
    case: 'mergeIntoTableCommand',
    value: {
      ...parts,
      matchActions: [...matchActions],
      notMatchedActions: [...notMatchedActions],
      notMatchedBySourceActions: [...parts.notMatchedBySourceActions],
    },
  })
