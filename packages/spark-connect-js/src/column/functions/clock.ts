import type { Column } from '../column.ts'
import { nullary } from './argument.ts'
import { callFunction } from './call.ts'
import type { TimeType } from './time-of-day.ts'

/**
 * Today's date in the session's time zone, the same in all of a query.
 * @example currentDate() // such as '2026-01-31'
 */
export const currentDate = nullary<'date'>('current_date')

/**
 * Today's date in the session's time zone, the same in all of a query.
 * @example curdate() // such as '2026-01-31'
 */
export const curdate = nullary<'date'>('curdate')

/**
 * The time at which the query began.
 * @example currentTimestamp() // a Timestamp
 */
export const currentTimestamp = nullary<'timestamp'>('current_timestamp')

/**
 * The time at which the query began.
 * @example now() // a Timestamp
 */
export const now = nullary<'timestamp'>('now')

/**
 * What a clock of the session's time zone showed when the query began.
 * @example localtimestamp() // such as '2026-01-31T12:00:00.000001'
 */
export const localtimestamp = nullary<'timestamp_ntz'>('localtimestamp')

/**
 * The session's time zone.
 * @example currentTimezone() // such as 'Etc/UTC'
 */
export const currentTimezone = nullary<'string'>('current_timezone')

/**
 * The time of day in the session's time zone at which the query began, to 0 to 6 decimals of a second (6 unless
 * named). Needs `spark.sql.timeType.enabled`.
 * @since Spark 4.1
 * @example currentTime(0) // such as '12:00:00.000000'
 */
export const currentTime = (precision = 6): Column<TimeType<false>> => callFunction('current_time', precision)
