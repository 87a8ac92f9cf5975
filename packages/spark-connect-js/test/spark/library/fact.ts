import { schema, t, type AnyType, type Column, type ColumnsOf } from 'spark-connect-js'

/** Numbers, arrays, maps and structs, each also as it may be null, or hold nulls. */
export const Shelf = schema({
  bool: t.boolean,
  maybe_bool: t.boolean.nullable,
  int: t.integer,
  maybe_int: t.integer.nullable,
  long: t.long,
  maybe_long: t.long.nullable,
  float: t.float,
  double: t.double,
  maybe_double: t.double.nullable,
  price: t.decimal(10, 2),
  text: t.string,
  maybe_text: t.string.nullable,
  date: t.date,
  ints: t.array(t.integer),
  maybe_ints: t.array(t.integer).nullable,
  ints_with_nulls: t.array(t.integer.nullable),
  texts: t.array(t.string),
  counts: t.map(t.string, t.long),
  maybe_counts: t.map(t.string, t.long.nullable).nullable,
  points: t.array(t.struct({ x: t.double, y: t.double.nullable })),
})

export type ShelfColumns = ColumnsOf<typeof Shelf>

/** A column, what the compiler takes it for, and what the server does. */
export interface Fact {
  readonly column: Column<AnyType>
  readonly type: AnyType
}

type Equal<T, U> = [T] extends [U] ? ([U] extends [T] ? unknown : Disagreement) : Disagreement
type Disagreement = 'the compiler has another type for this column'

/** Compiles only where the compiler has this type for the column. */
export const fact = <T extends AnyType, U extends AnyType>(
  column: Column<T>,
  type: Equal<T, U> & U,
): Fact => ({ column, type })

/** The same, where Spark calls something nullable that is null only for null: its own word is the third. */
export const factBut = <T extends AnyType, U extends AnyType>(
  column: Column<T>,
  _: Equal<T, U> & U,
  sparks: AnyType,
): Fact => ({ column, type: sparks })
