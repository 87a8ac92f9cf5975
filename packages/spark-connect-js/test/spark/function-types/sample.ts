import { schema, t, type ColumnsOf } from 'spark-connect-js'

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
