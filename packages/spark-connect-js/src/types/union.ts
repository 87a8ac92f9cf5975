import type { AnyType, ArrayType, DecimalType, MapType, ScalarType, Schema, StructType } from './data-type.ts'

/** The type of what comes from a column of type `A` or one of type `B`; `never` if they are of different kinds. */
export type UnionType<A extends AnyType, B extends AnyType> = AnyType extends A
  ? A
  : AnyType extends B
    ? B
    : KnownUnion<A, B>

type KnownUnion<A extends AnyType, B extends AnyType> =
  A extends ScalarType<infer K, infer M>
    ? B extends ScalarType<K, infer N>
      ? ScalarType<K, M | N>
      : never
    : A extends DecimalType<infer M>
      ? B extends DecimalType<infer N>
        ? DecimalType<M | N>
        : never
      : A extends ArrayType<infer E, infer M>
        ? B extends ArrayType<infer F, infer N>
          ? ArrayOf<UnionType<E, F>, M | N>
          : never
        : A extends MapType<infer K, infer V, infer M>
          ? B extends MapType<infer L, infer W, infer N>
            ? MapOf<UnionType<K, L>, UnionType<V, W>, M | N>
            : never
          : A extends StructType<infer F, infer M>
            ? B extends StructType<infer G, infer N>
              ? StructOf<F, G, M | N>
              : never
            : B extends A
              ? A
              : never

type ArrayOf<E extends AnyType, N extends boolean> = [E] extends [never] ? never : ArrayType<E, N>

type MapOf<K extends AnyType, V extends AnyType, N extends boolean> = [K] extends [never]
  ? never
  : [V] extends [never]
    ? never
    : MapType<K, V, N>

type StructOf<F extends Schema, G extends Schema, N extends boolean> = [keyof F, keyof G] extends [
  keyof G,
  keyof F,
]
  ? StructType<{ readonly [K in keyof F]: K extends keyof G ? UnionType<F[K], G[K]> : never }, N>
  : never

type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never

/** Whether a union has several members; then it is no part of their intersection. */
export type HasSeveral<U> = [U] extends [Intersection<U>] ? false : true
