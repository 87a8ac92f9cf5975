import { call, lambda, lambdaVariable, type ExpressionNode } from '../../plan/expression.ts'
import type { AnyType } from '../../types/data-type.ts'
import { Column } from '../column.ts'

/** How many lambdas are being built around the one at hand. */
let depth = 0

/**
 * A lambda from its body. Within another lambda its variables carry the depth in their names, so that the inner ones do not
 * hide the outer ones; and equal plans have equal names, so that Spark finds the code that it generated before.
 */
export const lambdaOf = (
  names: readonly string[],
  body: (...variables: Column<never>[]) => Column<AnyType>,
): ExpressionNode => {
  const unique = depth === 0 ? names : names.map((name) => `${name}_${depth}`)
  depth += 1
  try {
    const result = body(...unique.map((name) => new Column<never>(lambdaVariable(name))))
    return lambda(result.expression, unique)
  } finally {
    depth -= 1
  }
}

/** Calls a function whose last arguments are lambdas. The caller vouches for the type. */
export const callHigherOrder = <T extends AnyType>(
  name: string,
  columns: readonly Column<AnyType>[],
  ...lambdas: readonly ExpressionNode[]
): Column<T> => new Column(call(name, [...columns.map((column) => column.expression), ...lambdas]))
