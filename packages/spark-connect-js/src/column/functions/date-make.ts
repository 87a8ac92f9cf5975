import type { ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import type { DateType, IntegerOrColumn, PartsNull, StringOrColumn } from './argument.ts'
import { callFunction, type NullOf, type NumberOrColumn } from './call.ts'
import type { TimeType } from './time-of-day.ts'

/** The parts of a clock reading. */
export interface ClockParts {
  readonly years: IntegerOrColumn
  readonly months: IntegerOrColumn
  readonly days: IntegerOrColumn
  readonly hours: IntegerOrColumn
  readonly mins: IntegerOrColumn
  /** With a fraction of up to six decimals; 60 is the next minute. */
  readonly secs: NumberOrColumn
}

/** The parts of a time in a zone; the session's unless one is named. */
export interface TimestampParts extends ClockParts {
  readonly timezone?: StringOrColumn
}

type Dates = Column<DateType<boolean>>
type Times = Column<TimeType<boolean>>

interface DateAndTime<D extends Dates, T extends Times> {
  readonly date: D
  /** Needs `spark.sql.timeType.enabled`. */
  readonly time: T
}

interface DateTimeAndZone<D extends Dates, T extends Times, Z> extends DateAndTime<D, T> {
  readonly timezone?: Z
}

type AnyParts = TimestampParts | DateTimeAndZone<Dates, Times, StringOrColumn>

const argumentsOf = (parts: AnyParts): readonly (NumberOrColumn | StringOrColumn | Dates | Times)[] => {
  const clock =
    'date' in parts
      ? [parts.date, parts.time]
      : [parts.years, parts.months, parts.days, parts.hours, parts.mins, parts.secs]
  return parts.timezone === undefined ? clock : [...clock, parts.timezone]
}

interface MakeTimestamp {
  <const P extends TimestampParts>(parts: P): Column<ScalarType<'timestamp', PartsNull<P>>>
  /** Since Spark 4.1. */
  <D extends Dates, T extends Times, Z extends StringOrColumn = ''>(
    parts: DateTimeAndZone<D, T, Z>,
  ): Column<ScalarType<'timestamp', NullOf<D | T | Z>>>
}

interface TryMakeTimestamp {
  (parts: TimestampParts): Column<ScalarType<'timestamp', boolean>>
  /** Since Spark 4.1. */
  <D extends Dates, T extends Times, Z extends StringOrColumn = ''>(
    parts: DateTimeAndZone<D, T, Z>,
  ): Column<ScalarType<'timestamp', NullOf<D | T | Z>>>
}

interface MakeTimestampNtz {
  <const P extends ClockParts>(parts: P): Column<ScalarType<'timestamp_ntz', PartsNull<P>>>
  /** Since Spark 4.1. */
  (parts: DateAndTime<Dates, Times>): Column<ScalarType<'timestamp_ntz', boolean>>
}

interface TryMakeTimestampNtz {
  (parts: ClockParts): Column<ScalarType<'timestamp_ntz', boolean>>
  /** Since Spark 4.1. */
  (parts: DateAndTime<Dates, Times>): Column<ScalarType<'timestamp_ntz', boolean>>
}

const maker =
  (name: string) =>
  (parts: AnyParts): Column<never> =>
    callFunction(name, ...argumentsOf(parts))

/**
 * A date; parts that make none are an error under ANSI mode, else null.
 * @example makeDate(2026, 2, 3) // => '2026-02-03'
 */
export const makeDate = <
  const Y extends IntegerOrColumn,
  const M extends IntegerOrColumn,
  const D extends IntegerOrColumn,
>(
  year: Y,
  month: M,
  day: D,
): Column<DateType<NullOf<Y | M | D>>> => callFunction('make_date', year, month, day)

/**
 * A time of its parts, or of a date and a time of day; what makes none is an error under ANSI mode, else null.
 * @example makeTimestamp({ years: 2026, months: 2, days: 3, hours: 4, mins: 5, secs: 6.5, timezone: 'UTC' }) // => Timestamp.parse('2026-02-03T04:05:06.5Z')
 * @example makeTimestamp({ date: lit('2026-02-03', t.date), time: lit('04:05:06', t.time), timezone: 'UTC' }) // => Timestamp.parse('2026-02-03T04:05:06Z')
 */
export const makeTimestamp: MakeTimestamp = maker('make_timestamp')

/**
 * A time of its parts, or of a date and a time of day; null where they make none.
 * @since Spark 4.0
 * @example tryMakeTimestamp({ years: 2026, months: 13, days: 3, hours: 4, mins: 5, secs: 6 }) // => null
 */
export const tryMakeTimestamp: TryMakeTimestamp = maker('try_make_timestamp')

/**
 * A time of its parts; what makes none is an error under ANSI mode, else null.
 * @example makeTimestampLtz({ years: 2026, months: 2, days: 3, hours: 4, mins: 5, secs: 6, timezone: 'CET' }) // => Timestamp.parse('2026-02-03T03:05:06Z')
 */
export const makeTimestampLtz = <const P extends TimestampParts>(
  parts: P,
): Column<ScalarType<'timestamp', PartsNull<P>>> => callFunction('make_timestamp_ltz', ...argumentsOf(parts))

/**
 * A time of its parts; null where they make none.
 * @since Spark 4.0
 * @example tryMakeTimestampLtz({ years: 2026, months: 2, days: 30, hours: 4, mins: 5, secs: 6 }) // => null
 */
export const tryMakeTimestampLtz = (parts: TimestampParts): Column<ScalarType<'timestamp', boolean>> =>
  callFunction('try_make_timestamp_ltz', ...argumentsOf(parts))

/**
 * A clock reading of its parts, or of a date and a time of day; what makes none is an error under ANSI mode, else null.
 * @example makeTimestampNtz({ years: 2026, months: 2, days: 3, hours: 4, mins: 5, secs: 6 }) // => '2026-02-03T04:05:06.000000'
 */
export const makeTimestampNtz: MakeTimestampNtz = maker('make_timestamp_ntz')

/**
 * A clock reading of its parts, or of a date and a time of day; null where they make none.
 * @since Spark 4.0
 * @example tryMakeTimestampNtz({ years: 2026, months: 2, days: 3, hours: 25, mins: 5, secs: 6 }) // => null
 */
export const tryMakeTimestampNtz: TryMakeTimestampNtz = maker('try_make_timestamp_ntz')
