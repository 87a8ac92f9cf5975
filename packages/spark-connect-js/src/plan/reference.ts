import type { Expression } from '../generated/spark/connect/expressions_pb.js'
import type { Relation } from '../generated/spark/connect/relations_pb.js'

/** Other frames that an expression speaks of: its subqueries, which the plan around it must bring along. */
const references = new WeakMap<Expression, readonly Relation[]>()

/** Marks an expression with the frames that it, or any part of it, speaks of. */
export const carryReferences = <E extends Expression>(
  expression: E,
  parts: unknown,
  own: readonly Relation[] = [],
): E => {
  const all = [...own, ...referencesOf(parts)]
  if (all.length > 0) references.set(expression, all)
  return expression
}

/**
 * The frames that the expressions among `parts` speak of. A relation among them has brought its own along, and
 * is not looked into.
 */
export const referencesOf = (parts: unknown): readonly Relation[] => {
  if (Array.isArray(parts)) return parts.length === 0 ? NONE : [...new Set(parts.flatMap(referencesOf))]
  if (typeof parts !== 'object' || parts === null || parts instanceof Uint8Array) return NONE
  switch ((parts as { readonly $typeName?: string }).$typeName) {
    case 'spark.connect.Expression':
      return references.get(parts as Expression) ?? NONE
    case 'spark.connect.Relation':
    case 'spark.connect.DataType':
      return NONE
    default:
      return referencesOf(Object.values(parts).filter((part) => typeof part === 'object'))
  }
}

const NONE: readonly Relation[] = Object.freeze([])
