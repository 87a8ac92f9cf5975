// Times are milliseconds since 1970, null where they are unreadable.

const LATEST_MS = 253_402_300_799_999 // the year 9999

const within = (timeMs: number): number | null => (timeMs >= 0 && timeMs <= LATEST_MS ? timeMs : null)

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

const X_TIME =
  /^\S{3} ([A-Z][a-z]{2}) (\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(\d\d)(\d\d) ([1-9]\d{3})$/
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const MINUTE_MS = 60_000

/** `Sun Dec 09 22:10:30 +0000 2018`, as the X API v1.1 and flat records say it. */
export function xTimeMs(value: unknown): number | null {
  const match = X_TIME.exec(textOf(value))
  if (match === null) return null
  const [, name = '', day, hour, minute, second, sign, zoneHours, zoneMinutes, year] = match
  const monthStart = MONTHS.indexOf(name)
  const clockMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000
  const timeMs = Date.UTC(Number(year), monthStart / 3, Number(day)) + clockMs
  if (monthStart < 0 || monthStart % 3 !== 0 || !isDayOf(timeMs, day)) return null
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * MINUTE_MS
  return within(sign === '-' ? timeMs + zoneMs : timeMs - zoneMs)
}

/** Of 30 February, JavaScript makes 2 March. */
const isDayOf = (timeMs: number, day: string | undefined): boolean =>
  new Date(timeMs).getUTCDate() === Number(day)

const ISO_TIME = /^(\d{4}-\d\d-(\d\d))T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/

/** ISO 8601 with its date, in UTC where it names no zone. */
export function isoTimeMs(value: unknown): number | null {
  const text = textOf(value)
  const [, date, day, zone] = ISO_TIME.exec(text) ?? []
  if (date === undefined || !isDayOf(Date.parse(`${date}T00:00Z`), day)) return null
  return within(Date.parse(zone === undefined ? `${text}Z` : text))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Microseconds since 1970, a number or text. */
export function microsTimeMs(value: unknown): number | null {
  const micros = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof micros === 'number' ? within(Math.floor(micros / 1_000)) : null
}

const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657 // the first millisecond of X's 64-bit ids
const SNOWFLAKE_SEQUENCE_BITS = 22n
const LARGEST_SEQUENTIAL_ID = 1_000_000_000_000n // ids before 64-bit ones ended at some 3e10

/** The second at which X made an id: since November 2010 it is in the id. */
export function snowflakeSecondMs(id: string | null): number | null {
  if (id === null || !/^\d{13,19}$/.test(id)) return null
  const number = BigInt(id)
  if (number <= LARGEST_SEQUENTIAL_ID) return null
  return wholeSecond(Number(number >> SNOWFLAKE_SEQUENCE_BITS) + SNOWFLAKE_EPOCH_MS)
}

const wholeSecond = (timeMs: number): number => Math.floor(timeMs / 1_000) * 1_000

// https://atproto.com/specs/tid: 13 digits of base 32, the first without its highest bit; 53 bits of microseconds
// stand above 10 bits that tell clocks apart.
const TID = /^[2-7a-j][2-7a-z]{12}$/
const TID_DIGITS = '234567abcdefghijklmnopqrstuvwxyz'
const TID_CLOCK_BITS = 10n

/** The time in a record key of the AT Protocol; null if it is no TID. Clients choose keys, and may lie. */
export function tidTimeMs(recordKey: string): number | null {
  if (!TID.test(recordKey)) return null
  let number = 0n
  for (const digit of recordKey) number = number * 32n + BigInt(TID_DIGITS.indexOf(digit))
  return within(Number((number >> TID_CLOCK_BITS) / 1_000n))
}
