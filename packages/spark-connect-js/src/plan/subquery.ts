import { create } from '@bufbuild/protobuf'
import {
  ExpressionSchema,
  SubqueryExpression_SubqueryType as SubqueryType,
} from '../generated/spark/connect/expressions_pb.js'
import { RelationSchema } from '../generated/spark/connect/relations_pb.js'
import type { ExpressionNode, SortOrderNode } from './expression.ts'
import { carryReferences } from './reference.ts'
import type { RelationNode } from './relation.ts'

const TYPES = {
  scalar: SubqueryType.SCALAR,
  exists: SubqueryType.EXISTS,
  table_arg: SubqueryType.TABLE_ARG,
  in: SubqueryType.IN,
} as const

export interface SubqueryParts {
  readonly kind: keyof typeof TYPES
  /** Of `in`: what is looked for. */
  readonly values?: readonly ExpressionNode[]
  /** Of `table_arg`: how the function sees the rows. */
  readonly partitionSpec?: readonly ExpressionNode[]
  readonly orderSpec?: readonly SortOrderNode[]
  readonly withSinglePartition?: boolean
}

let lastPlanId = 0n

/** A number that no other plan or scope of this process has: a subquery is known by it. */
export const nextPlanId = (): bigint => ++lastPlanId

/** A frame as an expression of another frame's plan. Since Spark 4.0. */
export const subquery = (
  input: RelationNode,
  { kind, values = [], ...table }: SubqueryParts,
): ExpressionNode => {
  const planId = nextPlanId()
  const referenced = Object.freeze(
    create(RelationSchema, { common: { planId }, relType: input.relType as never }),
  )
  const value = {
    planId,
    subqueryType: TYPES[kind],
    inSubqueryValues: [...values],
    ...(kind === 'table_arg' && { tableArgOptions: tableArgument(table) }),
  }
  const expression: ExpressionNode = Object.freeze(
    create(ExpressionSchema, { exprType: { case: 'subqueryExpression', value } }),
  )
  return carryReferences(expression, values, [referenced])
}

const tableArgument = ({ partitionSpec = [], orderSpec = [], ...rest }: Omit<SubqueryParts, 'kind'>) => ({
  partitionSpec: [...partitionSpec],
  orderSpec: [...orderSpec],
  ...(rest.withSinglePartition !== undefined && { withSinglePartition: rest.withSinglePartition }),
})
