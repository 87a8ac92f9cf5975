import { Timestamp } from './timestamp.ts'

const NANOS_PER_MICRO = 1000n
/** Where `HH:MM:SS.ffffff` stands in `1970-01-01THH:MM:SS.ffffffZ`. */
const CLOCK = [11, -1] as const

/** A time of day as `HH:MM:SS.ffffff`, of nanoseconds since midnight; Spark keeps microseconds. */
export const clockTime = (nanos: bigint): string =>
  new Timestamp(nanos / NANOS_PER_MICRO).toString().slice(...CLOCK)
