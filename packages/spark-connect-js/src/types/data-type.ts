/** Spark's types without parameters, by the names of Spark Connect's `DataType`. */
export type ScalarKind =
  | 'null'
  | 'boolean'
  | 'byte'
  | 'short'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'string'
  | 'binary'
  | 'date'
  | 'timestamp'
  | 'timestamp_ntz'
  | 'time'
  | 'day_time_interval'
  | 'year_month_interval'
  | 'calendar_interval'
  | 'variant'
  | 'geometry'
  | 'geography'

/**
 * `N` is `false` for a column that is never null and `boolean` for one that may be: so the compiler takes the
 * first where the second is wanted, and not the other way round.
 */
export interface ScalarType<out K extends ScalarKind, out N extends boolean> {
  readonly kind: K
  readonly isNullable: N
  /** The same type, allowing null. */
  readonly nullable: ScalarType<K, boolean>
}

export interface DecimalType<out N extends boolean> {
  readonly kind: 'decimal'
  readonly precision: number
  readonly scale: number
  readonly isNullable: N
  readonly nullable: DecimalType<boolean>
}

export interface ArrayType<out E extends AnyType, out N extends boolean> {
  readonly kind: 'array'
  readonly element: E
  readonly isNullable: N
  readonly nullable: ArrayType<E, boolean>
}

export interface MapType<out K extends AnyType, out V extends AnyType, out N extends boolean> {
  readonly kind: 'map'
  readonly key: K
  readonly value: V
  readonly isNullable: N
  readonly nullable: MapType<K, V, boolean>
}

export interface StructType<out F extends Schema, out N extends boolean> {
  readonly kind: 'struct'
  readonly fields: F
  readonly isNullable: N
  readonly nullable: StructType<F, boolean>
}

/** A type that this client passes through without knowing it; its text is Spark's DDL. */
export interface UnparsedType<out N extends boolean> {
  readonly kind: 'unparsed'
  readonly ddl: string
  readonly isNullable: N
  readonly nullable: UnparsedType<boolean>
}

// The recursive kinds name `AnyType` through interfaces, which the compiler resolves lazily.
export type AnyType =
  | ScalarType<ScalarKind, boolean>
  | DecimalType<boolean>
  | UnparsedType<boolean>
  | AnyArray
  | AnyMap
  | AnyStruct
interface AnyArray extends ArrayType<AnyType, boolean> {}
interface AnyMap extends MapType<AnyType, AnyType, boolean> {}
interface AnyStruct extends StructType<Schema, boolean> {}

/** Columns by name, in order. */
export interface Schema {
  readonly [column: string]: AnyType
}

type WithoutNullable<T> = Omit<T, 'nullable'>

const withNullable = <T extends AnyType>(type: WithoutNullable<T>): T =>
  Object.freeze(
    Object.defineProperty({ ...type }, 'nullable', {
      get: () => withNullable({ ...type, isNullable: true }),
      enumerable: false,
    }),
  ) as unknown as T

const scalar = <K extends ScalarKind>(kind: K): ScalarType<K, false> =>
  withNullable<ScalarType<K, false> & AnyType>({ kind, isNullable: false } as never)

/**
 * The types of columns. Each is non-null; `.nullable` allows null.
 * @example t.struct({ author_id: t.string, followers: t.long.nullable, tags: t.array(t.string) }).kind // => 'struct'
 */
export const t = Object.freeze({
  null: scalar('null').nullable,
  boolean: scalar('boolean'),
  byte: scalar('byte'),
  short: scalar('short'),
  integer: scalar('integer'),
  long: scalar('long'),
  float: scalar('float'),
  double: scalar('double'),
  string: scalar('string'),
  binary: scalar('binary'),
  date: scalar('date'),
  timestamp: scalar('timestamp'),
  timestampNtz: scalar('timestamp_ntz'),
  /** Since Spark 4.1, and there only with `spark.sql.timeType.enabled`. */
  time: scalar('time'),
  dayTimeInterval: scalar('day_time_interval'),
  yearMonthInterval: scalar('year_month_interval'),
  calendarInterval: scalar('calendar_interval'),
  /** Since Spark 4.0. */
  variant: scalar('variant'),
  /** Since Spark 4.1, and there only with `spark.sql.geospatial.enabled`. */
  geometry: scalar('geometry'),
  /** Since Spark 4.1, and there only with `spark.sql.geospatial.enabled`. */
  geography: scalar('geography'),
  decimal: (precision: number, scale: number): DecimalType<false> =>
    withNullable({ kind: 'decimal', precision, scale, isNullable: false }),
  array: <E extends AnyType>(element: E): ArrayType<E, false> =>
    withNullable<ArrayType<E, false> & AnyType>({ kind: 'array', element, isNullable: false } as never),
  map: <K extends AnyType, V extends AnyType>(key: K, value: V): MapType<K, V, false> =>
    withNullable<MapType<K, V, false> & AnyType>({ kind: 'map', key, value, isNullable: false } as never),
  struct: <const F extends Schema>(fields: F): StructType<F, false> =>
    withNullable<StructType<F, false> & AnyType>({ kind: 'struct', fields, isNullable: false } as never),
  unparsed: (ddl: string): UnparsedType<false> => withNullable({ kind: 'unparsed', ddl, isNullable: false }),
})

/**
 * Declares what a row is: the one place that says which columns a frame has.
 * @example schemaDdl(schema({ id: t.string, followers: t.long.nullable })) // => 'id STRING NOT NULL, followers BIGINT'
 */
export const schema = <const S extends Schema>(columns: S): S => Object.freeze(columns)
