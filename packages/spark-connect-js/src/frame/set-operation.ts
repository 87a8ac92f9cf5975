import type { AnyType, Schema } from '../types/data-type.ts'
import type { UnionType } from '../types/union.ts'
import type { AllNull, WithNull } from '../types/value.ts'

type IsMissing<K extends string, Side extends string> = `column "${K}" is missing on ${Side}`

type Differs<K extends string, A extends AnyType, B extends AnyType> = A['kind'] extends B['kind']
  ? `column "${K}" is ${A['kind']} on both sides, with different parts`
  : `column "${K}" is ${A['kind']} on this side and ${B['kind']} on the other`

/** Sentences for the columns in which two frames differ. */
type Mismatch<S extends Schema, R extends Schema> = {
  readonly [K in keyof S & keyof R & string]: [UnionType<S[K], R[K]>] extends [never]
    ? Differs<K, S[K], R[K]>
    : never
}[keyof S & keyof R & string]

type Missing<S extends Schema, R extends Schema> =
  | IsMissing<Exclude<keyof S, keyof R> & string, 'the other side'>
  | IsMissing<Exclude<keyof R, keyof S> & string, 'this side'>

type Unless<Problem> = [Problem] extends [never] ? unknown : Problem

/** Where a frame's columns go with `S` by name and type; a sentence names one that does not. */
export type Matching<S extends Schema, R extends Schema> = Unless<Mismatch<S, R> | Missing<S, R>>

/** Where those of a frame's columns that `S` has go with it by type; a sentence names one that does not. */
export type MatchingIfThere<S extends Schema, R extends Schema> = Unless<Mismatch<S, R>>

/** The rows of both: null in either is null in the union. */
export type UnionOf<S extends Schema, R extends Schema> = {
  readonly [K in keyof S]: K extends keyof R ? UnionType<S[K], R[K]> : S[K]
}

/** The rows of both, where what one side lacks is null there. */
export type UnionWithMissing<S extends Schema, R extends Schema> = {
  readonly [K in keyof S | keyof R]: K extends keyof S
    ? K extends keyof R
      ? UnionType<S[K], R[K]>
      : WithNull<S[K], boolean>
    : K extends keyof R
      ? WithNull<R[K], boolean>
      : never
}

/** The rows that both have: null only where both can be. */
export type IntersectionOf<S extends Schema, R extends Schema> = {
  readonly [K in keyof S]: K extends keyof R ? WithNull<S[K], AllNull<[S[K], R[K]]>> : S[K]
}
