import {
  Join_JoinType,
  SetOperation_SetOpType as SetOpType,
} from '../generated/spark/connect/relations_pb.js'
import type { ExpressionNode } from './expression.ts'
import { relationNode as node, type RelationNode } from './relation.ts'

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

/** A join whose right side is computed anew for each row of the left. Since Spark 4.0. */
export const lateralJoin = ({
  left,
  right,
  how,
  joinCondition,
}: Omit<JoinParts, 'usingColumns'>): RelationNode =>
  node({
    case: 'lateralJoin',
    value: { left, right, joinType: JOIN_TYPES[how], ...(joinCondition && { joinCondition }) },
  })

const SET_OPERATIONS = {
  union: SetOpType.UNION,
  intersect: SetOpType.INTERSECT,
  except: SetOpType.EXCEPT,
} as const

export interface SetOperationParts {
  readonly kind: keyof typeof SET_OPERATIONS
  /** Whether repeated rows count. */
  readonly isAll: boolean
  /** Whether columns are matched by name; by position otherwise. */
  readonly byName?: boolean
  readonly allowMissingColumns?: boolean
}

export const setOperation = (
  leftInput: RelationNode,
  rightInput: RelationNode,
  { kind, ...parts }: SetOperationParts,
): RelationNode =>
  node({ case: 'setOp', value: { leftInput, rightInput, setOpType: SET_OPERATIONS[kind], ...parts } })
