const wholes = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const hundredths = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const SHORTENED_FROM = 100_000

/** What stands where nothing is known, for a screen reader as well. */
export const UNKNOWN = 'unknown'

/** @example whole(610345) // '610,345' */
export const whole = (value: number): string => wholes.format(value)

/** Large numbers by three digits. @example compact(610345) // '610K' */
export const compact = (value: number): string =>
  Math.abs(value) < SHORTENED_FROM ? wholes.format(value) : short.format(value)

/** For axes, where there is little room. @example shortest(50000) // '50K' */
export const shortest = (value: number): string => short.format(value)

/** @example tenth(49.67) // '49.7' */
export const tenth = (value: number): string => tenths.format(value)

/** @example hundredth(1.178) // '1.18' */
export const hundredth = (value: number): string => hundredths.format(value)

/** Of a share, 0 to 100; what rounds to nothing but is something says so. @example percent(0.01) // '<0.1 %' */
export const percent = (value: number): string =>
  value > 0 && value < 0.1 ? '<0.1\u00A0%' : `${tenths.format(value)}\u00A0%`

/** Small expected numbers need a digit behind the point. @example smallOrWhole(3.14) // '3.1' */
export const smallOrWhole = (value: number): string => (value < 100 ? tenth(value) : compact(value))

/** With its sign. @example signed(-3.25, tenth) // '−3.3' */
export const signed = (value: number, format: (value: number) => string): string =>
  value < 0 ? `−${format(-value)}` : `+${format(value)}`

/** An amount in whatever currency it was given. @example money(1999.5) // '1,999.50' */
export const money = (value: number): string => hundredths.format(value)

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A length of time by its largest unit. @example duration(5_400_000) // '1.5 h' */
export function duration(ms: number): string {
  if (ms < MINUTE_MS) return `${tenths.format(ms / 1000)} s`
  if (ms < 2 * HOUR_MS) return `${wholes.format(ms / MINUTE_MS)} min`
  if (ms < 2 * DAY_MS) return `${tenths.format(ms / HOUR_MS)} h`
  return `${wholes.format(ms / DAY_MS)} days`
}
