import type { AnyType, DecimalType, ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import type { TypeOf } from '../operand.ts'
import {
  given,
  unary,
  type AnyString,
  type AnyTime,
  type Integer,
  type Long,
  type LongOrColumn,
  type StringOrColumn,
} from './argument.ts'
import {
  callFunction,
  type LongType,
  type NullOf,
  type NumberOrColumn,
  type StringType,
  type TimestampType,
} from './call.ts'

type Timestamp = ScalarType<'timestamp', boolean>

/** The pattern where no other is named, as in PySpark. */
const ISO_PATTERN = 'yyyy-MM-dd HH:mm:ss'

/**
 * Days since 1970-01-01.
 * @example unixDate(lit('1970-01-02', t.date)) // => 1
 */
export const unixDate = unary<ScalarType<'date', boolean>, 'integer'>('unix_date')

/**
 * Microseconds since the epoch.
 * @example unixMicros(lit(Timestamp.parse('1970-01-01T00:00:01.5Z'))) // => 1500000n
 */
export const unixMicros = unary<Timestamp, 'long'>('unix_micros')

/**
 * Milliseconds since the epoch, rounded down.
 * @example unixMillis(lit(Timestamp.parse('1970-01-01T00:00:01.5Z'))) // => 1500n
 */
export const unixMillis = unary<Timestamp, 'long'>('unix_millis')

/**
 * Seconds since the epoch, rounded down.
 * @example unixSeconds(lit(Timestamp.parse('1970-01-01T00:00:01.5Z'))) // => 1n
 */
export const unixSeconds = unary<Timestamp, 'long'>('unix_seconds')

/**
 * The date so many days after 1970-01-01.
 * @example dateFromUnixDate(lit(1)) // => '1970-01-02'
 */
export const dateFromUnixDate = unary<Integer, 'date'>('date_from_unix_date')

/** Spark says of floating seconds, NaN among them, that their time may be null. */
type SecondsNull<R> = Extract<TypeOf<R>, AnyType> extends Long | DecimalType<boolean> ? NullOf<R> : boolean

/**
 * The time so many seconds after the epoch.
 * @example timestampSeconds(1.5) // => Timestamp.parse('1970-01-01T00:00:01.5Z')
 */
export const timestampSeconds = <const R extends NumberOrColumn>(
  seconds: R,
): Column<TimestampType<SecondsNull<R>>> => callFunction('timestamp_seconds', seconds)

/**
 * The time so many milliseconds after the epoch.
 * @example timestampMillis(1500) // => Timestamp.parse('1970-01-01T00:00:01.5Z')
 */
export const timestampMillis = <const R extends LongOrColumn>(millis: R): Column<TimestampType<NullOf<R>>> =>
  callFunction('timestamp_millis', millis)

/**
 * The time so many microseconds after the epoch.
 * @example timestampMicros(lit(-1n)) // => new Timestamp(-1n)
 */
export const timestampMicros = <const R extends LongOrColumn>(micros: R): Column<TimestampType<NullOf<R>>> =>
  callFunction('timestamp_micros', micros)

/**
 * The text of a time so many seconds after the epoch, by a Java date pattern, in the session's time zone.
 * @example fromUnixtime(lit(0n), 'yyyy') // => '1970'
 */
export const fromUnixtime = (
  seconds: Column<Long>,
  format: StringOrColumn = ISO_PATTERN,
): Column<StringType<boolean>> => callFunction('from_unixtime', seconds, format)

/**
 * Seconds since the epoch: of now, of a time, or of a text by a Java date pattern (`yyyy-MM-dd HH:mm:ss` unless
 * named) in the session's time zone. A text that does not fit is an error under ANSI mode, else null.
 * @example unixTimestamp(lit('1970-01-01 00:01:00')) // => 60n
 */
export function unixTimestamp(): Column<LongType<false>>
export function unixTimestamp<R extends Column<AnyString | AnyTime>, F extends StringOrColumn = ''>(
  column: R,
  format?: F,
): Column<LongType<NullOf<R | F>>>
export function unixTimestamp(
  column?: Column<AnyType>,
  format: StringOrColumn = ISO_PATTERN,
): Column<LongType<boolean>> {
  return column ? callFunction('unix_timestamp', column, format) : callFunction('unix_timestamp')
}

/**
 * Seconds since the epoch: of a time, or of a text by a Java date pattern (`yyyy-MM-dd HH:mm:ss` unless named) in the
 * session's time zone. A text that does not fit is an error under ANSI mode, else null.
 * @example toUnixTimestamp(lit('1970-01-02', t.date)) // => 86400n
 */
export const toUnixTimestamp = <R extends Column<AnyString | AnyTime>, F extends StringOrColumn = ''>(
  column: R,
  format?: F,
): Column<LongType<NullOf<R | F>>> => callFunction('to_unix_timestamp', column, ...given(format))
