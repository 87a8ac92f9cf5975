import type { AnyType, ArrayType, DecimalType, MapType, ScalarType, Schema, StructType } from './data-type.ts'
import type { Timestamp } from './timestamp.ts'

/** Months, days and microseconds side by side: none is a fixed number of another. */
export interface CalendarInterval {
  readonly months: number
  readonly days: number
  readonly microseconds: bigint
}

/**
 * A value whose type travels with it, in Spark's and Parquet's binary encoding of variants.
 * `toJson` of a column gives its text, `variantGet` a part of it.
 */
export interface Variant {
  readonly value: Uint8Array
  readonly metadata: Uint8Array
}

/** A shape on a plane (geometry) or on the earth (geography). */
export interface SpatialValue {
  /** The spatial reference system, such as 4326. */
  readonly srid: number
  /** The shape in the Well-Known Binary format. */
  readonly wkb: Uint8Array
}

/** What a non-null value of each scalar kind is in JavaScript. Nothing here loses a digit. */
interface ScalarValues {
  null: null
  boolean: boolean
  byte: number
  short: number
  integer: number
  long: bigint
  float: number
  double: number
  string: string
  binary: Uint8Array
  /** `YYYY-MM-DD`. */
  date: string
  timestamp: Timestamp
  /** `YYYY-MM-DDTHH:MM:SS.ffffff`, a clock reading without a zone. */
  timestamp_ntz: string
  /** `HH:MM:SS.ffffff`. */
  time: string
  /** Microseconds. */
  day_time_interval: bigint
  /** Months. */
  year_month_interval: number
  calendar_interval: CalendarInterval
  variant: Variant
  geometry: SpatialValue
  geography: SpatialValue
}

export type NonNullValue<T extends AnyType> =
  T extends ScalarType<infer K, boolean>
    ? ScalarValues[K]
    : T extends DecimalType<boolean>
      ? string
      : T extends ArrayType<infer E, boolean>
        ? readonly ValueOf<E>[]
        : T extends MapType<infer K, infer V, boolean>
          ? ReadonlyMap<ValueOf<K>, ValueOf<V>>
          : T extends StructType<infer F, boolean>
            ? Row<F>
            : unknown

/** The JavaScript value of a column of type `T`. */
export type ValueOf<T extends AnyType> = T['isNullable'] extends false
  ? NonNullValue<T>
  : NonNullValue<T> | null

/** One row of a frame with schema `S`. */
export type Row<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> }

/** `T` with its nullability set to `N`. */
export type WithNull<T extends AnyType, N extends boolean> =
  T extends ScalarType<infer K, boolean>
    ? ScalarType<K, N>
    : T extends DecimalType<boolean>
      ? DecimalType<N>
      : T extends ArrayType<infer E, boolean>
        ? ArrayType<E, N>
        : T extends MapType<infer K, infer V, boolean>
          ? MapType<K, V, N>
          : T extends StructType<infer F, boolean>
            ? StructType<F, N>
            : T

/** Every column of `S` made nullable: what an outer join or a file gives. */
export type AllNullable<S extends Schema> = { readonly [K in keyof S]: WithNull<S[K], boolean> }

/** `T` where null may stand at every depth: what parsing gives, whatever its schema says. */
export type AsNullable<T extends AnyType> =
  T extends ArrayType<infer E, boolean>
    ? ArrayType<AsNullable<E>, boolean>
    : T extends MapType<infer K, infer V, boolean>
      ? MapType<K, AsNullable<V>, boolean>
      : T extends StructType<infer F, boolean>
        ? StructType<AllAsNullable<F>, boolean>
        : WithNull<T, boolean>

export type AllAsNullable<S extends Schema> = { readonly [K in keyof S]: AsNullable<S[K]> }

/** Whether any of the types can be null: the rule for most expressions. */
export type AnyNull<T extends AnyType> = [T['isNullable']] extends [false] ? false : boolean

/** Whether all of the types can be null: the rule of `coalesce`, `greatest` and `least`. */
export type AllNull<T extends readonly AnyType[]> = 'never null' extends {
  [I in keyof T]: [T[I]['isNullable']] extends [false] ? 'never null' : 'maybe null'
}[number]
  ? false
  : boolean

export type NumericKind = 'byte' | 'short' | 'integer' | 'long' | 'float' | 'double'
export type IntegralKind = 'byte' | 'short' | 'integer' | 'long'
export type AnyNumeric = ScalarType<NumericKind, boolean> | DecimalType<boolean>

/** The wider of two numeric kinds, as Spark's ANSI type coercion has it. */
type WiderKind<K extends NumericKind> = [K] extends ['float']
  ? 'float'
  : Extract<K, 'double' | 'float'> extends never
    ? 'long' extends K
      ? 'long'
      : 'integer' extends K
        ? 'integer'
        : 'short' extends K
          ? 'short'
          : 'byte'
    : 'double'

/** The type of `a + b`, `a - b`, `a * b`, `greatest(a, b)`. */
export type Arithmetic<A extends AnyType, B extends AnyType, N extends boolean = AnyNull<A | B>> =
  A extends ScalarType<infer K extends NumericKind, boolean>
    ? B extends ScalarType<infer L extends NumericKind, boolean>
      ? ScalarType<WiderKind<K | L>, N>
      : DecimalOr<K, N>
    : B extends ScalarType<infer L extends NumericKind, boolean>
      ? DecimalOr<L, N>
      : DecimalType<N>

type DecimalOr<K extends NumericKind, N extends boolean> = K extends 'double' | 'float'
  ? ScalarType<'double', N>
  : DecimalType<N>
