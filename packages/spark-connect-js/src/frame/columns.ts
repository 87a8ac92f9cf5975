import { attribute, type ExpressionNode } from '../plan/expression.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import { Column, expressionOf } from '../column/column.ts'
import type { ColumnOrLiteral, TypeOf } from '../column/operand.ts'

/** A frame's columns by name. */
export type ColumnsOf<S extends Schema> = { readonly [K in keyof S]: Column<S[K]> }

/** New columns by name. */
export type ColumnRecord = Readonly<Record<string, ColumnOrLiteral>>

export type SchemaOfRecord<R> = { readonly [K in keyof R]: Extract<TypeOf<R[K]>, AnyType> }

/** `S` with the columns of `R` added or replaced: one flat mapped type, so that long chains stay cheap to check. */
export type WithColumns<S extends Schema, R> = {
  readonly [K in keyof S | keyof R]: K extends keyof R
    ? Extract<TypeOf<R[K]>, AnyType>
    : K extends keyof S
      ? S[K]
      : never
}

export type Names<S extends Schema> = keyof S & string

/** Columns that come into being as they are named; the compiler has already checked the names. */
export const columnsOf = <S extends Schema>(qualifier?: string): ColumnsOf<S> =>
  new Proxy({} as ColumnsOf<S>, {
    get: (_, name) =>
      typeof name === 'string'
        ? new Column(qualifier === undefined ? attribute(name) : attribute(qualifier, name))
        : undefined,
  })

export const namedExpressions = (record: ColumnRecord): readonly (readonly [string, ExpressionNode])[] =>
  Object.entries(record).map(([name, value]) => [name, expressionOf(value)] as const)
