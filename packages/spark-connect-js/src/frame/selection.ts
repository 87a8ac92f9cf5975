import { expressionOf } from '../column/column.ts'
import { isSpreadGenerator, type GeneratedColumn } from '../column/generator.ts'
import type { ColumnOrLiteral, TypeOf } from '../column/operand.ts'
import { alias, type ExpressionNode } from '../plan/expression.ts'
import type { AnyType } from '../types/data-type.ts'

/** New columns by name, and the columns of a generator. */
export type Selection = Readonly<Record<string, ColumnOrLiteral | GeneratedColumn<AnyType>>>

export type SchemaOfSelection<R> = {
  readonly [K in keyof R]: R[K] extends GeneratedColumn<infer T> ? T : Extract<TypeOf<R[K]>, AnyType>
}

/** Each column under its name; a generator's under their own. */
export const selectedExpressions = (selection: Selection): readonly ExpressionNode[] =>
  Object.entries(selection).map(([name, value]) =>
    isSpreadGenerator(name, value) ? value.expression : alias(expressionOf(value as ColumnOrLiteral), name),
  )
