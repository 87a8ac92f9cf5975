import type { Message } from '@bufbuild/protobuf'
import { Expression_Cast_EvalMode, type Expression_Cast } from '../generated/spark/connect/expressions_pb.js'
import type { DataType } from '../generated/spark/connect/types_pb.js'
import { call, cast, literal, literalExpression, type ExpressionNode } from './expression.ts'

/**
 * The same for Spark 3.5, whose protocol cannot ask for `try_cast`: a plain cast, which is null as well for what does
 * not convert, except in ANSI mode, which is off there unless it is set. Only whole numbers differ: of a text they take
 * what is before the point, and what is too large wraps. So a text with a point is null, and all but a text an error.
 */
export const withPlainCasts = <M extends Message>(message: M): M => withoutTry(message) as M

const withoutTry = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const changed = Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const other = withoutTry(part)
    return other === part ? [] : [[key, other] as const]
  })
  if (isTry(value)) return plainCast({ ...value, ...Object.fromEntries(changed) })
  if (changed.length === 0) return value
  return Object.assign(
    Array.isArray(value) ? [...(value as unknown[])] : { ...value },
    Object.fromEntries(changed),
  )
}

type CastNode = Omit<ExpressionNode, 'exprType'> & {
  readonly exprType: { readonly case: 'cast'; readonly value: Expression_Cast }
}

const isTry = (value: object): value is CastNode => {
  const { exprType } = value as Partial<ExpressionNode>
  return exprType?.case === 'cast' && exprType.value.evalMode === Expression_Cast_EvalMode.TRY
}

const WHOLE: ReadonlySet<DataType['kind']['case']> = new Set(['byte', 'short', 'integer', 'long'])

const plainCast = ({ exprType: { value } }: CastNode): ExpressionNode => {
  const { expr, castToType } = value
  if (expr === undefined || castToType.case !== 'type')
    throw new TypeError('a cast of nothing, or to nothing')
  const plain = cast(expr, castToType.value, 'default')
  if (!WHOLE.has(castToType.value.kind.case)) return plain
  const withoutPoint = call('when', [call('not', [call('contains', [expr, text('.')])]), plain])
  const isText = call('==', [call('typeof', [expr]), text('string')])
  return call('when', [isText, withoutPoint, call('raise_error', [text(NO_TEXT)])])
}

const text = (value: string): ExpressionNode => literalExpression(literal({ case: 'string', value }))

const NO_TEXT = 'tryCast to a whole number takes text alone on Spark 3.5'
