import type { FlatRecord } from '../../record/flat-record.ts'

/** A flat record as one line of JSON without its line end. */
export const flatLine = (record: FlatRecord): string => JSON.stringify(record)

const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657 // the first millisecond of X's 64-bit ids
const SEQUENCE_BITS = 22n

/** A tweet id as X makes them: its moment in milliseconds, then a number that tells neighbours apart. */
export function snowflakeId(timeMs: number, sequence: number): string {
  const sinceEpoch = BigInt(Math.floor(timeMs) - SNOWFLAKE_EPOCH_MS)
  return String((sinceEpoch << SEQUENCE_BITS) | BigInt(sequence & 0x3f_ffff))
}
