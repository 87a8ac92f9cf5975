import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  Expression_Cast_EvalMode,
  Expression_LiteralSchema,
  Expression_SortOrder_NullOrdering as NullOrdering,
  Expression_SortOrder_SortDirection as SortDirection,
  Expression_SortOrderSchema,
  ExpressionSchema,
  Expression_Window_WindowFrameSchema,
  type Expression,
  type Expression_Literal,
  type Expression_SortOrder,
  type Expression_Window_WindowFrame,
} from '../generated/spark/connect/expressions_pb.js'
import type { DataType } from '../generated/spark/connect/types_pb.js'
import { carryReferences } from './reference.ts'

export type ExpressionNode = Readonly<Expression>
export type LiteralNode = Readonly<Expression_Literal>
export type SortOrderNode = Readonly<Expression_SortOrder>
export type WindowFrameNode = Readonly<Expression_Window_WindowFrame>

type ExpressionInit = NonNullable<MessageInitShape<typeof ExpressionSchema>['exprType']>

/** One expression. What its parts refer to, it refers to as well. */
export const expressionNode = (exprType: ExpressionInit): ExpressionNode =>
  carryReferences(Object.freeze(create(ExpressionSchema, { exprType })), exprType.value)

const node = expressionNode

// Spark splits an unquoted identifier at its dots; a column's name is one identifier, whatever is in it.
export const quoteIdentifier = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``

/** A column by its parts: `['id']`, or `['left', 'id']` below a subquery alias. */
export const attribute = (...parts: readonly string[]): ExpressionNode =>
  node({ case: 'unresolvedAttribute', value: { unparsedIdentifier: parts.map(quoteIdentifier).join('.') } })

/** A column by a name as a user writes it: parted at its dots, backticks around what holds others. */
export const unparsedAttribute = (unparsedIdentifier: string): ExpressionNode =>
  node({ case: 'unresolvedAttribute', value: { unparsedIdentifier } })

export const literal = (
  literalType: NonNullable<MessageInitShape<typeof Expression_LiteralSchema>['literalType']>,
): LiteralNode => Object.freeze(create(Expression_LiteralSchema, { literalType }))

export const literalExpression = (value: LiteralNode): ExpressionNode => node({ case: 'literal', value })

export const call = (
  functionName: string,
  args: readonly ExpressionNode[],
  isDistinct: boolean = false,
): ExpressionNode =>
  node({ case: 'unresolvedFunction', value: { functionName, arguments: [...args], isDistinct } })

/** A call by a name that may be qualified: `catalog.database.function`. */
export const callByName = (functionName: string, args: readonly ExpressionNode[]): ExpressionNode =>
  node({ case: 'callFunction', value: { functionName, arguments: [...args] } })

export const alias = (expr: ExpressionNode, name: string): ExpressionNode =>
  node({ case: 'alias', value: { expr, name: [name] } })

export const cast = (expr: ExpressionNode, type: DataType, evalMode: 'default' | 'try'): ExpressionNode =>
  node({
    case: 'cast',
    value: {
      expr,
      castToType: { case: 'type', value: type },
      evalMode: evalMode === 'try' ? Expression_Cast_EvalMode.TRY : Expression_Cast_EvalMode.UNSPECIFIED,
    },
  })

/** A column that a source keeps beside its rows, such as `_metadata` of files. Since Spark 3.5. */
export const metadataAttribute = (name: string): ExpressionNode =>
  node({
    case: 'unresolvedAttribute',
    value: { unparsedIdentifier: quoteIdentifier(name), isMetadataColumn: true },
  })

/** Every column whose name matches a regular expression of Java's. */
export const attributesLike = (pattern: string): ExpressionNode =>
  node({ case: 'unresolvedRegex', value: { colName: `\`${pattern.replaceAll('`', '``')}\`` } })

/** All columns. */
export const star = (): ExpressionNode => node({ case: 'unresolvedStar', value: {} })

/** A fragment of Spark SQL, parsed by the server. */
export const sqlExpression = (expression: string): ExpressionNode =>
  node({ case: 'expressionString', value: { expression } })

export const extract = (child: ExpressionNode, extraction: ExpressionNode): ExpressionNode =>
  node({ case: 'unresolvedExtractValue', value: { child, extraction } })

/** A struct with one field set, or without a value removed. */
export const updateField = (
  structExpression: ExpressionNode,
  fieldName: string,
  valueExpression?: ExpressionNode,
): ExpressionNode =>
  node({
    case: 'updateFields',
    value: { structExpression, fieldName, ...(valueExpression && { valueExpression }) },
  })

/** The number of the partition that a row goes to, taken as it is. Since Spark 4.1. */
export const partitionId = (child: ExpressionNode): ExpressionNode =>
  node({ case: 'directShufflePartitionId', value: { child } })

/** An order where an expression is wanted. */
export const sortOrderExpression = (value: SortOrderNode): ExpressionNode =>
  node({ case: 'sortOrder', value })

export const lambdaVariable = (name: string): ExpressionNode =>
  node({ case: 'unresolvedNamedLambdaVariable', value: { nameParts: [name] } })

export const lambda = (body: ExpressionNode, variables: readonly string[]): ExpressionNode =>
  node({
    case: 'lambdaFunction',
    value: { function: body, arguments: variables.map((name) => ({ nameParts: [name] })) },
  })

export const sortOrder = (
  child: ExpressionNode,
  { direction, nulls }: { readonly direction: 'ascending' | 'descending'; readonly nulls: 'first' | 'last' },
): SortOrderNode =>
  Object.freeze(
    create(Expression_SortOrderSchema, {
      child,
      direction: direction === 'ascending' ? SortDirection.ASCENDING : SortDirection.DESCENDING,
      nullOrdering: nulls === 'first' ? NullOrdering.SORT_NULLS_FIRST : NullOrdering.SORT_NULLS_LAST,
    }),
  )

export const windowFrame = (
  init: MessageInitShape<typeof Expression_Window_WindowFrameSchema>,
): WindowFrameNode => Object.freeze(create(Expression_Window_WindowFrameSchema, init))

export interface WindowParts {
  readonly partitionSpec: readonly ExpressionNode[]
  readonly orderSpec: readonly SortOrderNode[]
  readonly frameSpec: WindowFrameNode | undefined
}

export const windowed = (windowFunction: ExpressionNode, window: WindowParts): ExpressionNode =>
  node({
    case: 'window',
    value: {
      windowFunction,
      partitionSpec: [...window.partitionSpec],
      orderSpec: [...window.orderSpec],
      ...(window.frameSpec && { frameSpec: window.frameSpec }),
    },
  })
