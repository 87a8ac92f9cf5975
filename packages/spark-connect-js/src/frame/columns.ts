import { attribute, type ExpressionNode } from '../plan/expression.ts'
import { subqueryAlias, type RelationNode } from '../plan/relation.ts'
import { nextPlanId } from '../plan/subquery.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import { Column, expressionOf, SortColumn } from '../column/column.ts'
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

/** Columns, or columns with an order: what `orderBy` takes. */
export type OrderColumns = Column<AnyType> | SortColumn | readonly (Column<AnyType> | SortColumn)[]

/** The names of a frame as a subquery sees it from within; given only where one asks for it. */
class Scope {
  #alias: string | undefined

  get alias(): string | undefined {
    return this.#alias
  }

  readonly outer = (name: string): ExpressionNode => {
    this.#alias ??= `__outer_${nextPlanId()}`
    return attribute(this.#alias, name)
  }
}

/** Columns that come into being as they are named; the compiler has already checked the names. */
const namedColumns = <S extends Schema>(column: (name: string) => Column<AnyType>): ColumnsOf<S> =>
  new Proxy({} as ColumnsOf<S>, {
    get: (_, name) => (typeof name === 'string' ? column(name) : undefined),
  })

/** A frame's columns, below the name of a table or an alias if there is one. */
export const columnsOf = <S extends Schema>(...qualifier: readonly string[]): ColumnsOf<S> =>
  namedColumns((name) => new Column(attribute(...qualifier, name)))

/** What a callback made of a frame's columns, and the frame to use it on. */
interface Scoped<R> {
  readonly input: RelationNode
  readonly result: R
}

/**
 * Calls back with a frame's columns. If a subquery in there speaks of one of them as `outer()`, the frame is given an
 * alias of its own, as the subquery's frame may have columns of the same names.
 */
export const scoped = <S extends Schema, R>(
  relation: RelationNode,
  callback: (c: ColumnsOf<S>) => R,
): Scoped<R> => {
  const scope = new Scope()
  const result = callback(namedColumns((name) => new Column(attribute(name), () => scope.outer(name))))
  return { input: scope.alias === undefined ? relation : subqueryAlias(relation, scope.alias), result }
}

/** `scoped` for a frame of which every column is seen from within. */
export const scopedOuter = <S extends Schema, R>(
  relation: RelationNode,
  callback: (c: ColumnsOf<S>) => R,
): Scoped<R> => scoped<S, R>(relation, (c) => callback(namedColumns((name) => c[name as keyof S].outer())))

export const namedExpressions = (record: ColumnRecord): readonly (readonly [string, ExpressionNode])[] =>
  Object.entries(record).map(([name, value]) => [name, expressionOf(value)] as const)

export const sortOrders = (columns: OrderColumns) =>
  [columns].flat().map((column) => (column instanceof SortColumn ? column : column.asc()).sortOrder)
