import type { ExpressionNode, SortOrderNode } from '../plan/expression.ts'
import type { AnyType } from '../types/data-type.ts'
import type { Column } from './column.ts'
import { literalNode } from './literal.ts'
import type { ColumnOrLiteral } from './operand.ts'

/** What every column is underneath: an expression, and the way from there to the next column. */
export abstract class ColumnExpression {
  readonly expression: ExpressionNode
  readonly #make: <T extends AnyType>(expression: ExpressionNode) => Column<T>

  constructor(
    expression: ExpressionNode,
    make: <T extends AnyType>(expression: ExpressionNode) => Column<T>,
  ) {
    this.expression = expression
    this.#make = make
  }

  /** The column of another expression. `Column` gives the way to make it, as the classes below cannot name it. */
  protected derive<T extends AnyType>(expression: ExpressionNode): Column<T> {
    return this.#make(expression)
  }
}

/** The expression behind a column or a constant. */
export const expressionOf = (value: ColumnOrLiteral): ExpressionNode =>
  value instanceof ColumnExpression ? value.expression : literalNode(value)

/** A column with the order in which `orderBy` and windows take it. */
export class SortColumn {
  readonly sortOrder: SortOrderNode

  constructor(node: SortOrderNode) {
    this.sortOrder = node
  }
}
