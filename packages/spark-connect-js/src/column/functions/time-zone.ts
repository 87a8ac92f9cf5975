import type { ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import type { AnyTime, StringOrColumn } from './argument.ts'
import { callFunction, type NullOf, type TimestampType } from './call.ts'

const zoneShift =
  (name: string) =>
  <R extends Column<AnyTime>, Z extends StringOrColumn>(
    timestamp: R,
    zone: Z,
  ): Column<TimestampType<NullOf<R | Z>>> =>
    callFunction(name, timestamp, zone)

/**
 * The time moved by a zone's offset, so that UTC's clock shows what the zone's clock showed.
 * @example fromUtcTimestamp(lit(Timestamp.parse('2026-02-03T00:00:00Z')), 'Asia/Seoul') // => Timestamp.parse('2026-02-03T09:00:00Z')
 */
export const fromUtcTimestamp = zoneShift('from_utc_timestamp')

/**
 * The time at which a zone's clock showed what UTC's clock shows at this one.
 * @example toUtcTimestamp(lit(Timestamp.parse('2026-02-03T09:00:00Z')), 'Asia/Seoul') // => Timestamp.parse('2026-02-03T00:00:00Z')
 */
export const toUtcTimestamp = zoneShift('to_utc_timestamp')

/** Spark says of a date that its clock reading may be null. */
type ClockNull<R> = R extends Column<ScalarType<'timestamp' | 'timestamp_ntz', boolean>> ? NullOf<R> : boolean

/**
 * What the target zone's clock shows when the source zone's clock shows `source`; the source zone is the session's
 * where it is null.
 * @example convertTimezone('Europe/Amsterdam', 'America/Los_Angeles', lit('2026-02-03T12:00:00', t.timestampNtz)) // => '2026-02-03T03:00:00.000000'
 */
export const convertTimezone = <
  Z extends StringOrColumn | null,
  T extends StringOrColumn,
  R extends Column<AnyTime>,
>(
  sourceZone: Z,
  targetZone: T,
  source: R,
): Column<ScalarType<'timestamp_ntz', NullOf<Z | T> | ClockNull<R>>> =>
  sourceZone === null
    ? callFunction('convert_timezone', targetZone, source)
    : callFunction('convert_timezone', sourceZone, targetZone, source)
