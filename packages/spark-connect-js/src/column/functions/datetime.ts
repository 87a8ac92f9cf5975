import type { ScalarType } from '../../types/data-type.ts'
import { Column, type StringColumn } from '../column.ts'
import { callFunction, type LongType, type NullOf, type NumberOrColumn, type TimestampType } from './call.ts'

type Timestamps = Column<ScalarType<'timestamp', boolean>>

/** Parses by a Java date pattern; null where the text does not fit. */
export const tryToTimestamp = (column: StringColumn, pattern: string): Column<TimestampType<boolean>> =>
  callFunction('try_to_timestamp', column, pattern)

/** Microseconds since the epoch. */
export const unixMicros = <R extends Timestamps>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('unix_micros', column)

/** Seconds since the epoch, rounded down. */
export const unixSeconds = <R extends Timestamps>(column: R): Column<LongType<NullOf<R>>> =>
  callFunction('unix_seconds', column)

export const timestampSeconds = <const R extends NumberOrColumn>(
  seconds: R,
): Column<TimestampType<NullOf<R>>> => callFunction('timestamp_seconds', seconds)

export const timestampMicros = <R extends Column<ScalarType<'long', boolean>>>(
  micros: R,
): Column<TimestampType<NullOf<R>>> => callFunction('timestamp_micros', micros)
