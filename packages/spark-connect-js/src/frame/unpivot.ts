import type { AnyType, ScalarType, Schema } from '../types/data-type.ts'
import type { HasSeveral } from '../types/union.ts'
import type { AnyNull, WithNull } from '../types/value.ts'

/** Said by the compiler where values of different kinds would stand in one column. */
type Alike<S extends Schema, V extends keyof S> =
  HasSeveral<S[V]['kind']> extends true
    ? `these columns are of several types (${S[V]['kind']}): cast them to one first`
    : readonly V[]

export interface UnpivotOptions<
  S extends Schema,
  K extends keyof S,
  V extends keyof S,
  A extends string,
  B extends string,
> {
  /** Columns that stay. */
  readonly ids: readonly K[]
  /** Columns that become rows. */
  readonly values: readonly V[] & Alike<S, V>
  /** The new column of names. */
  readonly variableColumnName: A
  /** The new column of values. */
  readonly valueColumnName: B
}

export type Unpivoted<
  S extends Schema,
  K extends keyof S,
  V extends keyof S,
  A extends string,
  B extends string,
> = {
  readonly [N in K | A | B]: N extends A
    ? ScalarType<'string', false>
    : N extends B
      ? WithNull<S[V], AnyNull<Extract<S[V], AnyType>>>
      : N extends K
        ? S[N]
        : never
}
