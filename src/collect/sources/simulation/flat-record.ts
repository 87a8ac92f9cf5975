/** One flat record: every value is a string, and what is not known is {@link MISSING}. */
export type FlatRecord = Readonly<Record<string, string>>

/** What the flat format writes where a value is not known. */
export const MISSING = 'None'

/**
 * A moment as the X API v1.1 writes it, in UTC and whole seconds.
 *
 * @example
 *   flatTime(1544393430000) // 'Sun Dec 09 22:10:30 +0000 2018'
 */
export function flatTime(timeMs: number): string {
  const utc = new Date(timeMs).toUTCString() // 'Sun, 09 Dec 2018 22:10:30 GMT'
  const [weekday, month, day] = [utc.slice(0, 3), utc.slice(8, 11), utc.slice(5, 7)]
  return `${weekday} ${month} ${day} ${utc.slice(17, 25)} +0000 ${utc.slice(12, 16)}`
}

/** A flat record as one line of JSON without its line end. */
export const flatLine = (record: FlatRecord): string => JSON.stringify(record)

const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657 // the first millisecond of X's 64-bit ids
const SEQUENCE_BITS = 22n

/** A tweet id as X makes them: its moment in milliseconds, then a number that tells neighbours apart. */
export function snowflakeId(timeMs: number, sequence: number): string {
  const sinceEpoch = BigInt(Math.floor(timeMs) - SNOWFLAKE_EPOCH_MS)
  return String((sinceEpoch << SEQUENCE_BITS) | BigInt(sequence & 0x3f_ffff))
}
