import type { ScalarType } from '../../types/data-type.ts'
import type { Column, StringColumn } from '../column.ts'
import { given, type IntegerOrColumn, type StringOrColumn, type Word } from './argument.ts'
import { callFunction, type LongType, type NumberOrColumn } from './call.ts'

export type TimeType<N extends boolean> = ScalarType<'time', N>
type Times = Column<TimeType<boolean>>
type ClockUnit = Word<'hour' | 'minute' | 'second' | 'millisecond' | 'microsecond'>

/**
 * A time of day; an error where no clock shows it. Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example makeTime(6, 30, lit('45.887', t.decimal(16, 6))) // => '06:30:45.887000'
 */
export const makeTime = (
  hour: IntegerOrColumn,
  minute: IntegerOrColumn,
  second: NumberOrColumn,
): Column<TimeType<boolean>> => callFunction('make_time', hour, minute, second)

const timeParser =
  (name: string) =>
  (column: StringColumn, format?: StringOrColumn): Column<TimeType<boolean>> =>
    callFunction(name, column, ...given(format))

/**
 * The time of day of a text, by a Java date pattern or else as `HH:MM:SS.ffffff`; an error where it does not fit.
 * Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example toTime(lit('12.10.05'), 'HH.mm.ss') // => '12:10:05.000000'
 */
export const toTime = timeParser('to_time')

/**
 * The time of day of a text, by a Java date pattern or else as `HH:MM:SS.ffffff`; null where it does not fit.
 * Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example tryToTime(lit('noon')) // => null
 */
export const tryToTime = timeParser('try_to_time')

/**
 * How many whole units lie between two times of day. Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example timeDiff('HOUR', lit('20:30:29', t.time), lit('21:30:28', t.time)) // => 0n
 */
export const timeDiff = (
  unit: ClockUnit | StringColumn,
  start: Times,
  end: Times,
): Column<LongType<boolean>> => callFunction('time_diff', unit, start, end)

/**
 * A time of day cut to a unit. Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example timeTrunc('MINUTE', lit('09:32:05.359', t.time)) // => '09:32:00.000000'
 */
export const timeTrunc = (unit: ClockUnit | StringColumn, column: Times): Column<TimeType<boolean>> =>
  callFunction('time_trunc', unit, column)
