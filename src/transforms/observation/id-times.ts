import { t, type Column, type StringColumn } from 'spark-connect-js'
import {
  conv,
  shiftright,
  timestampMicros,
  timestampMillis,
  translate,
  when,
} from 'spark-connect-js/functions'

type Time = Column<typeof t.timestamp.nullable>

const LATEST_MS = 253_402_300_799_999n // the year 9999
const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657n // the first millisecond of X's 64-bit ids
const SNOWFLAKE_SEQUENCE_BITS = 22
const LARGEST_SEQUENTIAL_ID = 1_000_000_000_000n // ids before 64-bit ones ended at some 3e10

/** Since this moment, 4 November 2010, tweets have ids that carry their time. */
export const FIRST_SNOWFLAKE = new Date(Number(SNOWFLAKE_EPOCH_MS))

const MICROS_PER_MS = 1000n

/** Milliseconds since 1970 as text. */
export const millisTime = (text: StringColumn): Time => {
  const millis = text.tryCast(t.long)
  return when(millis.between(0n, LATEST_MS), timestampMillis(millis))
}

/** Microseconds since 1970 as text. */
export const microsTime = (text: StringColumn): Time => {
  const micros = text.tryCast(t.long)
  return when(micros.between(0n, LATEST_MS * MICROS_PER_MS), timestampMicros(micros))
}

/** Whether an id of X is older than the ids that carry their time. */
export const isSequentialId = (id: StringColumn) => id.tryCast(t.long).between(0n, LARGEST_SEQUENTIAL_ID)

/** When X made an id, to the millisecond: since November 2010 it is in the id. */
export const snowflakeTime = (id: StringColumn): Time => {
  const number = id.tryCast(t.long)
  const millis = shiftright(number, SNOWFLAKE_SEQUENCE_BITS).plus(SNOWFLAKE_EPOCH_MS)
  return when(number.gt(LARGEST_SEQUENTIAL_ID), timestampMillis(millis))
}

// https://atproto.com/specs/tid: 13 digits of base 32, the first without its highest bit; 53 bits of microseconds
// stand above 10 bits that tell clocks apart.
const TID = '^[2-7a-j][2-7a-z]{12}$'
const TID_DIGITS = '234567abcdefghijklmnopqrstuvwxyz'
const DIGITS_BASE_32 = '0123456789abcdefghijklmnopqrstuv'
const TID_CLOCK_BITS = 10

/** The time in a record key of the AT Protocol; null if it is no TID. Clients choose keys, and may lie. */
export const tidTime = (recordKey: StringColumn): Time => {
  const number = conv(translate(recordKey, TID_DIGITS, DIGITS_BASE_32), 32, 10).tryCast(t.long)
  return when(recordKey.rlike(TID), timestampMicros(shiftright(number, TID_CLOCK_BITS)))
}
