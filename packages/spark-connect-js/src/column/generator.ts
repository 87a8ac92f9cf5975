import type { ExpressionNode } from '../plan/expression.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import { Column } from './column.ts'

/** One of the columns that a generator gives. Exists for the compiler only: a `select` takes all of them at once. */
export interface GeneratedColumn<out T extends AnyType> {
  readonly generated: T
}

/** The columns of a generator, to be spread into the record of a `select`: `{ id: c.id, ...posexplode(c.tags) }`. */
export type Generated<S extends Schema> = { readonly [K in keyof S]: GeneratedColumn<S[K]> }

const ITS_COLUMNS = 'the columns of a generator'

/**
 * A call that gives rows, and columns whose names and number only the server knows. It is a column where it gives one; spread
 * into a record it leaves one entry, by which `select` knows that the columns keep their names.
 */
export class GeneratorColumn extends Column<never> {
  constructor(expression: ExpressionNode) {
    super(expression)
    Object.defineProperty(this, 'expression', { enumerable: false })
    Object.defineProperty(this, ITS_COLUMNS, { value: this, enumerable: true })
  }
}

/** Whether an entry of a record is what spreading a generator leaves. */
export const isSpreadGenerator = (name: string, value: unknown): value is GeneratorColumn =>
  name === ITS_COLUMNS && value instanceof GeneratorColumn
