import type { ScalarType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import {
  ofDate,
  type AnyTime,
  type DateNull,
  type DateType,
  type IntegerOrColumn,
  type LongOrColumn,
  type StringOrColumn,
  type Word,
} from './argument.ts'
import {
  callFunction,
  type DoubleType,
  type IntegerType,
  type LongType,
  type NullOf,
  type TimestampType,
} from './call.ts'

type Times = Column<AnyTime>

const dayShift =
  (name: string) =>
  <R extends Times, const D extends IntegerOrColumn>(
    start: R,
    days: D,
  ): Column<DateType<DateNull<R> | NullOf<D>>> =>
    callFunction(name, start, days)

/**
 * The date so many days later.
 * @example dateAdd(lit('2026-02-28', t.date), 1) // => '2026-03-01'
 */
export const dateAdd = dayShift('date_add')

/**
 * The date so many days later.
 * @example dateadd(lit('2026-02-28', t.date), -1) // => '2026-02-27'
 */
export const dateadd = dayShift('dateadd')

/**
 * The date so many days before.
 * @example dateSub(lit('2026-03-01', t.date), 1) // => '2026-02-28'
 */
export const dateSub = dayShift('date_sub')

/**
 * The date so many months later; of a day that its month lacks, the last one.
 * @example addMonths(lit('2026-01-31', t.date), 1) // => '2026-02-28'
 */
export const addMonths = dayShift('add_months')

const dayDifference =
  (name: string) =>
  <E extends Times, S extends Times>(end: E, start: S): Column<IntegerType<DateNull<E> | DateNull<S>>> =>
    callFunction(name, end, start)

/**
 * How many days the end is after the start.
 * @example datediff(lit('2026-03-01', t.date), lit('2026-02-28', t.date)) // => 1
 */
export const datediff = dayDifference('datediff')

/**
 * How many days the end is after the start.
 * @example dateDiff(lit('2026-02-28', t.date), lit('2026-03-01', t.date)) // => -1
 */
export const dateDiff = dayDifference('date_diff')

/**
 * How many months the end is after the start, days as 31sts of a month; rounded to 8 decimals unless told otherwise.
 * @example monthsBetween(lit('2026-03-31', t.date), lit('2026-02-28', t.date)) // => 1
 */
export const monthsBetween = <E extends Times, S extends Times>(
  end: E,
  start: S,
  roundOff = true,
): Column<DoubleType<NullOf<E | S>>> => callFunction('months_between', end, start, roundOff)

/**
 * The last day of the month.
 * @example lastDay(lit('2026-02-03', t.date)) // => '2026-02-28'
 */
export const lastDay = ofDate<'date'>('last_day')

/**
 * The first date after this one that is a day of the week, such as `'Mon'`; no such day is an error under ANSI mode,
 * else null.
 * @example nextDay(lit('2026-02-03', t.date), 'Mon') // => '2026-02-09'
 */
export const nextDay = (date: Times, dayOfWeek: StringOrColumn): Column<DateType<boolean>> =>
  callFunction('next_day', date, dayOfWeek)

type DateUnit = Word<'year' | 'yyyy' | 'yy' | 'quarter' | 'month' | 'mon' | 'mm' | 'week'>
type TimestampUnit =
  DateUnit | Word<'day' | 'dd' | 'hour' | 'minute' | 'second' | 'millisecond' | 'microsecond'>

/**
 * The first day of the date's year, quarter, month or week.
 * @example trunc(lit('2026-02-03', t.date), 'month') // => '2026-02-01'
 */
export const trunc = (date: Times, unit: DateUnit | StringColumn): Column<DateType<boolean>> =>
  callFunction('trunc', date, unit)

/**
 * A time cut to a unit, in the session's time zone.
 * @example dateTrunc('hour', lit(Timestamp.parse('2026-02-03T04:05:06Z'))) // => Timestamp.parse('2026-02-03T04:00:00Z')
 */
export const dateTrunc = (
  unit: TimestampUnit | StringColumn,
  timestamp: Times,
): Column<TimestampType<boolean>> => callFunction('date_trunc', unit, timestamp)

/** A unit in which {@link timestampAdd} and {@link timestampDiff} count. */
export type TimeUnit = Word<
  'microsecond' | 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'
>

/** A clock reading stays one; all else becomes a point in time. */
type Shifted<R, N extends boolean> =
  R extends Column<ScalarType<'timestamp_ntz', boolean>> ? ScalarType<'timestamp_ntz', N> : TimestampType<N>

/**
 * The time so many units later.
 * @since Spark 4.0
 * @example timestampAdd('HOUR', -2, lit(Timestamp.parse('2026-02-03T01:00:00Z'))) // => Timestamp.parse('2026-02-02T23:00:00Z')
 */
export const timestampAdd = <const Q extends LongOrColumn, R extends Times>(
  unit: TimeUnit,
  quantity: Q,
  timestamp: R,
): Column<Shifted<R, NullOf<Q | R>>> => callFunction('timestampadd', unit, quantity, timestamp)

/**
 * How many whole units the end is after the start.
 * @since Spark 4.0
 * @example timestampDiff('MONTH', lit('2026-01-31', t.date), lit('2026-03-30', t.date)) // => 1n
 */
export const timestampDiff = <S extends Times, E extends Times>(
  unit: TimeUnit,
  start: S,
  end: E,
): Column<LongType<NullOf<S | E>>> => callFunction('timestampdiff', unit, start, end)
