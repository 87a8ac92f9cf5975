import type { ScalarType, StructType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { StringOrColumn } from './argument.ts'
import { callFunction } from './call.ts'

type AnyTimestamp = ScalarType<'timestamp' | 'timestamp_ntz', boolean>

/** From `start`, included, to `end`, excluded. */
type Window<T extends AnyTimestamp, N extends boolean> = StructType<
  { readonly start: WithNull<T, boolean>; readonly end: WithNull<T, boolean> },
  N
>

/**
 * The windows of time that a time lies in, to group by. A duration is a text such as `'10 minutes'`; a slide shorter
 * than the window puts a row into several; windows begin at the epoch plus `startTime`. Rows without a time are dropped.
 * @example window(lit(Timestamp.parse('2026-02-03T04:05:06Z')), '10 minutes').getField('start') // => Timestamp.parse('2026-02-03T04:00:00Z')
 */
export const window = <T extends AnyTimestamp, S extends string | undefined = undefined>(
  timeColumn: Column<T>,
  windowDuration: string,
  slideDuration?: S,
  startTime = '0 seconds',
): Column<Window<T, S extends string ? boolean : false>> =>
  callFunction('window', timeColumn, windowDuration, slideDuration ?? windowDuration, startTime)

/**
 * The time of a window to group it further by: its last microsecond.
 * @example spark.range(0n, 1n).select((c) => ({ w: window(timestampSeconds(c.id), '1 minute') })).select((c) => ({ at: windowTime(c.w) })) // => [{ at: Timestamp.parse('1970-01-01T00:00:59.999999Z') }]
 */
export const windowTime = <T extends AnyTimestamp>(
  windowColumn: Column<StructType<{ readonly start: AnyTimestamp; readonly end: T }, boolean>>,
): Column<WithNull<T, boolean>> => callFunction('window_time', windowColumn)

/**
 * The session that a time lies in, to group by: it ends a gap after its last row. The gap is a text such as
 * `'5 minutes'`, or a column of them. Rows without a time are dropped.
 * @example spark.range(0n, 3n).groupBy((c) => ({ s: sessionWindow(timestampSeconds(c.id), '5 seconds') })).agg(() => ({ n: count() })).select((c) => ({ n: c.n })) // => [{ n: 3n }]
 */
export const sessionWindow = <T extends AnyTimestamp>(
  timeColumn: Column<T>,
  gapDuration: StringOrColumn,
): Column<Window<T, false>> => callFunction('session_window', timeColumn, gapDuration)
