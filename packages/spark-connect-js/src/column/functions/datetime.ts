import type { ScalarType } from '../../types/data-type.ts'
import { Column, type StringColumn } from '../column.ts'
import { callFunction, type LongType, type NullOf, type NumberOrColumn, type TimestampType } from './call.ts'

type Timestamps = Column<ScalarType<'timestamp', boolean>>

/**
 * Parses by a Java date pattern; null where the text does not fit.
 * @example tryToTimestamp(lit('31/01/2026'), 'dd/MM/yyyy') // => Timestamp.parse('2026-01-31T00:00:00Z')
 */
export const tryToTimestamp = (column: StringColumn, pattern: string): Column<TimestampType<boolean>> =>
  callFunction('try_to_timestamp', column, pattern)

/**
 * Microseconds since the epoch.
 * @example unixMicros(lit(Timestamp.parse('1970-01-01T00:00:01.5Z'))) // => 1500000n
 */
export const unixMicros = <R extends Timestamps>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('unix_micros', column)

/**
 * Seconds since the epoch, rounded down.
 * @example unixSeconds(lit(Timestamp.parse('1970-01-01T00:00:01.5Z'))) // => 1n
 */
export const unixSeconds = <R extends Timestamps>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('unix_seconds', column)

/**
 * The time so many seconds after the epoch.
 * @example timestampSeconds(1.5) // => Timestamp.parse('1970-01-01T00:00:01.5Z')
 */
export const timestampSeconds = <const R extends NumberOrColumn>(
  seconds: R,
): Column<TimestampType<NullOf<R>>> => callFunction('timestamp_seconds', seconds)

/**
 * The time so many microseconds after the epoch.
 * @example timestampMicros(lit(-1n)) // => new Timestamp(-1n)
 */
export const timestampMicros = <R extends Column<ScalarType<'long', boolean>>>(
  micros: R,
): Column<TimestampType<NullOf<R>>> => callFunction('timestamp_micros', micros)
