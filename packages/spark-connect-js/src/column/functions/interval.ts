import type { ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import type { IntegerOrColumn, PartsNull } from './argument.ts'
import { callFunction, type NullOf, type NumberOrColumn } from './call.ts'

/** The parts of a {@link makeDtInterval}; 0 where not given. */
export interface DayTimeParts {
  readonly days?: IntegerOrColumn
  readonly hours?: IntegerOrColumn
  readonly mins?: IntegerOrColumn
  /** With a fraction of up to six decimals. */
  readonly secs?: NumberOrColumn
}

/** The parts of a {@link makeInterval}; 0 where not given. */
export interface CalendarParts extends DayTimeParts {
  readonly years?: IntegerOrColumn
  readonly months?: IntegerOrColumn
  readonly weeks?: IntegerOrColumn
}

/**
 * A day-time interval, in microseconds.
 * @example makeDtInterval({ days: 1, secs: 0.5 }) // => 86400500000n
 */
export const makeDtInterval = <const P extends DayTimeParts>(
  parts: P,
): Column<ScalarType<'day_time_interval', PartsNull<P>>> => {
  const { days = 0, hours = 0, mins = 0, secs = 0 } = parts
  return callFunction('make_dt_interval', days, hours, mins, secs)
}

/**
 * A year-month interval, in months.
 * @example makeYmInterval(1, 2) // => 14
 */
export const makeYmInterval = <const Y extends IntegerOrColumn = 0, const M extends IntegerOrColumn = 0>(
  years?: Y,
  months?: M,
): Column<ScalarType<'year_month_interval', NullOf<Y | M>>> =>
  callFunction('make_ym_interval', years ?? 0, months ?? 0)

const argumentsOf = ({
  years = 0,
  months = 0,
  weeks = 0,
  days = 0,
  hours = 0,
  mins = 0,
  secs = 0,
}: CalendarParts): readonly NumberOrColumn[] => [years, months, weeks, days, hours, mins, secs]

/**
 * A calendar interval; one too long is an error under ANSI mode, else null.
 * @example makeInterval({ years: 1, weeks: 1, days: 1, secs: 0.5 }) // => ({ months: 12, days: 8, microseconds: 500000n })
 */
export const makeInterval = <const P extends CalendarParts>(
  parts: P,
): Column<ScalarType<'calendar_interval', PartsNull<P>>> =>
  callFunction('make_interval', ...argumentsOf(parts))

/**
 * A calendar interval; null for one too long.
 * @since Spark 4.0
 * @example tryMakeInterval({ years: 2147483647 }) // => null
 */
export const tryMakeInterval = (parts: CalendarParts): Column<ScalarType<'calendar_interval', boolean>> =>
  callFunction('try_make_interval', ...argumentsOf(parts))
