import { alias, call } from '../../plan/expression.ts'
import type { AnyType, ArrayType, StructType } from '../../types/data-type.ts'
import type { AnyNull, WithNull } from '../../types/value.ts'
import { Column, expressionOf } from '../column.ts'
import { literalNode } from '../literal.ts'
import type { ColumnOrLiteral, TypeOf } from '../operand.ts'
import type { AnyArrayColumn } from './element.ts'

/** The schema of a record of columns and constants. */
export type SchemaOf<R> = { readonly [K in keyof R]: Extract<TypeOf<R[K]>, AnyType> }

type Fields = Readonly<Record<string, ColumnOrLiteral>>

const named = (fields: Fields) =>
  Object.entries(fields).map(([name, value]) => alias(expressionOf(value), name))

/**
 * A struct, field by field.
 * @example struct({ x: lit(1), y: 'a' }) // => ({ x: 1, y: 'a' })
 */
export const struct = <const R extends Fields>(fields: R): Column<StructType<SchemaOf<R>, false>> =>
  new Column(call('struct', named(fields)))

/**
 * A struct, field by field, by the name that it has in SQL.
 * @example namedStruct({ x: lit(1) }) // => ({ x: 1 })
 */
export const namedStruct = <const R extends Fields>(fields: R): Column<StructType<SchemaOf<R>, false>> => {
  const parts = Object.entries(fields).flatMap(([name, value]) => [literalNode(name), expressionOf(value)])
  return new Column(call('named_struct', parts))
}

type ElementsOf<R> = {
  readonly [K in keyof R]: R[K] extends Column<ArrayType<infer E, boolean>> ? WithNull<E, boolean> : never
}

/**
 * One array of structs from several arrays, element by element; the shorter ones are filled up with nulls.
 * @example arraysZip({ x: array(lit(1), lit(2)), y: array(lit('a')) }) // => [{ x: 1, y: 'a' }, { x: 2, y: null }]
 */
export const arraysZip = <const R extends Readonly<Record<string, AnyArrayColumn>>>(
  arrays: R,
): Column<ArrayType<StructType<ElementsOf<R>, false>, AnyNull<R[keyof R]['type']>>> =>
  new Column(call('arrays_zip', named(arrays)))
