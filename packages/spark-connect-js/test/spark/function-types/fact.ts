import { schema, t, type AnyType, type Column, type ColumnsOf } from 'spark-connect-js'

/** One column of each type, and one of it that may be null. */
export const Sample = schema({
  text: t.string,
  maybeText: t.string.nullable,
  bytes: t.binary,
  maybeBytes: t.binary.nullable,
  bool: t.boolean,
  maybeBool: t.boolean.nullable,
  byte: t.byte,
  int: t.integer,
  maybeInt: t.integer.nullable,
  long: t.long,
  maybeLong: t.long.nullable,
  float: t.float,
  double: t.double,
  maybeDouble: t.double.nullable,
  price: t.decimal(10, 2),
  maybePrice: t.decimal(10, 2).nullable,
  date: t.date,
  maybeDate: t.date.nullable,
  at: t.timestamp,
  maybeAt: t.timestamp.nullable,
  clock: t.timestampNtz,
  maybeClock: t.timestampNtz.nullable,
  time: t.time,
  maybeTime: t.time.nullable,
  gap: t.dayTimeInterval,
  months: t.yearMonthInterval,
  span: t.calendarInterval,
  variant: t.variant,
  maybeVariant: t.variant.nullable,
  texts: t.array(t.string.nullable),
  maybeTexts: t.array(t.string.nullable).nullable,
  pair: t.struct({ x: t.integer }),
})

export type Samples = ColumnsOf<typeof Sample>

/** A column, and the type that the compiler and the server must both have for it. */
export interface Fact {
  readonly column: Column<AnyType>
  readonly type: AnyType
}

type Equal<T, U> = [T] extends [U] ? ([U] extends [T] ? unknown : Disagreement) : Disagreement
type Disagreement = 'the compiler has another type for this column'

export const fact = <T extends AnyType, U extends AnyType>(
  column: Column<T>,
  type: Equal<T, U> & U,
): Fact => ({
  column,
  type,
})
