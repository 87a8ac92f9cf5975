import type { AnyType, Schema } from '../types/data-type.ts'
import type { HasSeveral } from '../types/union.ts'
import type { IntegralKind, WithNull } from '../types/value.ts'
import type { SchemaOfRecord } from './columns.ts'

/** What may stand in a pivot's list: values whose text, and so the name of their column, is certain. */
export type PivotValue = string | number | bigint | boolean

/** The values that a pivot over a column may list. */
export type PivotValuesOf<S extends Schema, K extends keyof S> = S[K]['kind'] extends 'string'
  ? string
  : S[K]['kind'] extends IntegralKind
    ? number | bigint
    : S[K]['kind'] extends 'boolean'
      ? boolean
      : `the name of a ${S[K]['kind']}'s column is uncertain: cast it to a string first`

/**
 * One column for each value: null where a group has no row of it. Or one for each value and aggregate: Spark then
 * aggregates no rows, and a count is 0.
 */
type PivotColumns<V extends PivotValue, A> =
  HasSeveral<keyof A> extends true
    ? {
        readonly [N in keyof A as `${V}_${N & string}`]: A[N]
      }
    : { readonly [N in `${V}`]: WithNull<Extract<A[keyof A], AnyType>, boolean> }

/** The schema after a pivot: keys, then the columns of its values. */
export type Pivoted<G extends Schema, V extends PivotValue, R> = {
  readonly [N in keyof G | keyof PivotColumns<V, SchemaOfRecord<R>>]: N extends keyof G
    ? G[N]
    : N extends keyof PivotColumns<V, SchemaOfRecord<R>>
      ? Extract<PivotColumns<V, SchemaOfRecord<R>>[N], AnyType>
      : never
}
