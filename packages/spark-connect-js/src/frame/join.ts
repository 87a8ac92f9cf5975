import type { JoinHow } from '../plan/combination.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import type { AnyNull, WithNull } from '../types/value.ts'
import type { BooleanColumn } from '../column/column.ts'
import type { ColumnsOf } from './columns.ts'

/** Said by the compiler where a join would give two columns one name. */
type Ambiguous<K> = `column "${K & string}" is on both sides: rename or drop it on one side first`

type MaybeNull<T extends Schema[string], N> = N extends true ? WithNull<T, boolean> : T

/** A key comes from the side whose rows are all kept; of a full join, from either. */
type KeyOf<L extends AnyType, R extends AnyType, H> = H extends 'right'
  ? R
  : H extends 'full'
    ? WithNull<L, AnyNull<L | R>>
    : L

type LeftIsOptional<H extends JoinHow> = H extends 'right' | 'full' ? true : false
type RightIsOptional<H extends JoinHow> = H extends 'left' | 'full' ? true : false

/** The schema after a join on columns of the same name. */
export type JoinedUsing<L extends Schema, R extends Schema, K, H extends JoinHow> = H extends
  'left_semi' | 'left_anti'
  ? L
  : {
      readonly [N in keyof L | keyof R]: N extends K
        ? KeyOf<L[N & keyof L], R[N & keyof R], H>
        : N extends keyof L
          ? MaybeNull<L[N], LeftIsOptional<H>>
          : N extends keyof R
            ? MaybeNull<R[N], RightIsOptional<H>>
            : never
    }

/** The right side of a join if it shares no name with the left beyond the keys, else a sentence. */
export type Joinable<L extends Schema, R extends Schema, K, H extends JoinHow> = H extends
  'left_semi' | 'left_anti'
  ? unknown
  : Exclude<keyof L & keyof R, K> extends never
    ? unknown
    : Ambiguous<Exclude<keyof L & keyof R, K>>

/** How a frame that is made for each row can be joined to it. */
export type LateralHow = Extract<JoinHow, 'inner' | 'left' | 'cross'>

export type JoinCondition<L extends Schema, R extends Schema> = (
  left: ColumnsOf<L>,
  right: ColumnsOf<R>,
) => BooleanColumn

export interface JoinOptions<K, H extends JoinHow> {
  /** Columns that both sides have, equal in a match; or a condition over both sides' columns. */
  readonly on: K
  readonly how: H
}
