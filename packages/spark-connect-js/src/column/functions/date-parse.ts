import type { ScalarType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import { given, type AnyString, type AnyTime, type DateNull, type StringOrColumn } from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'

type TimeKind = 'date' | 'timestamp' | 'timestamp_ntz'

type CastNull<K extends TimeKind, R> = K extends 'date' ? DateNull<R> : NullOf<R>

/** Spark says of a text without a pattern that its time may be null. */
interface Parser<K extends TimeKind> {
  <R extends Column<AnyTime>>(column: R): Column<ScalarType<K, CastNull<K, R>>>
  (column: StringColumn): Column<ScalarType<K, boolean>>
  <R extends StringColumn, F extends StringOrColumn>(
    column: R,
    javaPattern: F,
  ): Column<ScalarType<K, NullOf<R | F>>>
}

const parser = <K extends TimeKind>(name: string): Parser<K> =>
  ((column: Column<AnyString | AnyTime>, javaPattern?: StringOrColumn) =>
    callFunction(name, column, ...given(javaPattern))) as Parser<K>

const tryParser =
  <K extends TimeKind>(name: string) =>
  (column: Column<AnyString | AnyTime>, javaPattern?: StringOrColumn): Column<ScalarType<K, boolean>> =>
    callFunction(name, column, ...given(javaPattern))

/**
 * The date of a text, by a Java date pattern or else by ISO 8601, or of a time; a text that does not fit is an error
 * under ANSI mode, else null.
 * @example toDate(lit('31/01/2026'), 'dd/MM/yyyy') // => '2026-01-31'
 */
export const toDate = parser<'date'>('to_date')

/**
 * The date of a text, by a Java date pattern or else by ISO 8601; null where it does not fit.
 * @since Spark 4.0
 * @example tryToDate(lit('soon')) // => null
 */
export const tryToDate = tryParser<'date'>('try_to_date')

/**
 * The time of a text, by a Java date pattern or else by ISO 8601, in the session's time zone if it names none; a text
 * that does not fit is an error under ANSI mode, else null.
 * @example toTimestamp(lit('2026-01-31T12:00:00Z')) // => Timestamp.parse('2026-01-31T12:00:00Z')
 */
export const toTimestamp = parser<'timestamp'>('to_timestamp')

/**
 * The time of a text, by a Java date pattern or else by ISO 8601; null where it does not fit.
 * @example tryToTimestamp(lit('31/01/2026'), 'dd/MM/yyyy') // => Timestamp.parse('2026-01-31T00:00:00Z')
 */
export const tryToTimestamp = tryParser<'timestamp'>('try_to_timestamp')

/**
 * The time of a text, with the session's time zone; as `toTimestamp` where that is Spark's default type.
 * @example toTimestampLtz(lit('2026-01-31'), 'yyyy-MM-dd') // => Timestamp.parse('2026-01-31T00:00:00Z')
 */
export const toTimestampLtz = parser<'timestamp'>('to_timestamp_ltz')

/**
 * The clock reading of a text, by a Java date pattern or else by ISO 8601, without a zone.
 * @example toTimestampNtz(lit('2026-01-31 12:00:00')) // => '2026-01-31T12:00:00.000000'
 */
export const toTimestampNtz = parser<'timestamp_ntz'>('to_timestamp_ntz')

/**
 * The text of a time by a Java date pattern, in the session's time zone.
 * @example dateFormat(lit('2026-02-03', t.date), 'dd.MM.yyyy') // => '03.02.2026'
 */
export const dateFormat = <R extends Column<AnyTime>, F extends StringOrColumn>(
  column: R,
  javaPattern: F,
): Column<StringType<NullOf<R | F>>> => callFunction('date_format', column, javaPattern)
