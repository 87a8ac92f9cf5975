import type { DecimalType, ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { ofDate, type AnyTime, type DateNull, type Word } from './argument.ts'
import { callFunction, type IntegerType, type NullOf } from './call.ts'

type AnyTimeOfDay = ScalarType<'time', boolean>
type AnyInterval = ScalarType<'day_time_interval' | 'year_month_interval' | 'calendar_interval', boolean>

/**
 * The year.
 * @example year(lit('2026-02-03', t.date)) // => 2026
 */
export const year = ofDate<'integer'>('year')

/**
 * The quarter, 1 to 4.
 * @example quarter(lit('2026-05-03', t.date)) // => 2
 */
export const quarter = ofDate<'integer'>('quarter')

/**
 * The month, 1 to 12.
 * @example month(lit('2026-02-03', t.date)) // => 2
 */
export const month = ofDate<'integer'>('month')

/**
 * The English name of the month in three letters.
 * @since Spark 4.0
 * @example monthname(lit('2026-02-03', t.date)) // => 'Feb'
 */
export const monthname = ofDate<'string'>('monthname')

/**
 * The week of the year by ISO 8601: it begins on a Monday, and week 1 has more than three days of the year.
 * @example weekofyear(lit('2026-01-01', t.date)) // => 1
 */
export const weekofyear = ofDate<'integer'>('weekofyear')

/**
 * The day of the month, 1 to 31.
 * @example day(lit('2026-02-03', t.date)) // => 3
 */
export const day = ofDate<'integer'>('day')

/**
 * The day of the month, 1 to 31.
 * @example dayofmonth(lit('2026-02-03', t.date)) // => 3
 */
export const dayofmonth = ofDate<'integer'>('dayofmonth')

/**
 * The day of the week, 1 for Sunday to 7 for Saturday.
 * @example dayofweek(lit('2026-02-03', t.date)) // => 3
 */
export const dayofweek = ofDate<'integer'>('dayofweek')

/**
 * The day of the week, 0 for Monday to 6 for Sunday.
 * @example weekday(lit('2026-02-03', t.date)) // => 1
 */
export const weekday = ofDate<'integer'>('weekday')

/**
 * The English name of the day of the week in three letters.
 * @since Spark 4.0
 * @example dayname(lit('2026-02-03', t.date)) // => 'Tue'
 */
export const dayname = ofDate<'string'>('dayname')

/**
 * The day of the year, 1 to 366.
 * @example dayofyear(lit('2026-02-03', t.date)) // => 34
 */
export const dayofyear = ofDate<'integer'>('dayofyear')

/** Spark says of a time of day that its parts may be null. */
type ClockNull<R> = R extends Column<AnyTimeOfDay> ? boolean : NullOf<R>

const clockPart =
  (name: string) =>
  <R extends Column<AnyTime | AnyTimeOfDay>>(column: R): Column<IntegerType<ClockNull<R>>> =>
    callFunction(name, column)

/**
 * The hour, 0 to 23, in the session's time zone.
 * @example hour(lit('2026-02-03T04:05:06', t.timestampNtz)) // => 4
 */
export const hour = clockPart('hour')

/**
 * The minute, 0 to 59, in the session's time zone.
 * @example minute(lit('2026-02-03T04:05:06', t.timestampNtz)) // => 5
 */
export const minute = clockPart('minute')

/**
 * The second, 0 to 59, without its fraction.
 * @example second(lit('2026-02-03T04:05:06.7', t.timestampNtz)) // => 6
 */
export const second = clockPart('second')

type ClockField = Word<'hour' | 'minute'>

/** A part of a time or an interval that {@link extract} takes. */
export type DateField =
  | Word<
      | 'year'
      | 'yearofweek'
      | 'quarter'
      | 'week'
      | 'day'
      | 'dayofweek'
      | 'dow'
      | 'dayofweek_iso'
      | 'dow_iso'
      | 'doy'
      | 'month'
      | 'second'
    >
  | ClockField

/** The months, hours and minutes of an interval are bytes. */
type IntervalField<F, R> = F extends ClockField | Word<'month'>
  ? ScalarType<'byte', NullOf<R>>
  : IntegerType<NullOf<R>>

/** Seconds have their fraction. */
type FieldType<F, R> =
  F extends Word<'second'>
    ? DecimalType<ClockNull<R>>
    : R extends Column<AnyInterval>
      ? IntervalField<F, R>
      : F extends ClockField
        ? IntegerType<ClockNull<R>>
        : IntegerType<DateNull<R>>

const extractor =
  (name: string) =>
  <const F extends DateField, R extends Column<AnyTime | AnyTimeOfDay | AnyInterval>>(
    field: F,
    source: R,
  ): Column<FieldType<F, R>> =>
    callFunction(name, field, source)

/**
 * A part of a time or an interval; seconds are a decimal with their fraction.
 * @example extract('SECOND', lit('2026-02-03T04:05:06.7', t.timestampNtz)) // => '6.700000'
 * @example extract('HOUR', lit(7_200_000_000n, t.dayTimeInterval)) // => 2
 */
export const extract = extractor('extract')

/**
 * A part of a time or an interval; seconds are a decimal with their fraction.
 * @example datePart('DOY', lit('2026-02-03', t.date)) // => 34
 */
export const datePart = extractor('date_part')

/**
 * A part of a time or an interval; seconds are a decimal with their fraction.
 * @example datepart('YEAROFWEEK', lit('2027-01-01', t.date)) // => 2026
 */
export const datepart = extractor('datepart')
