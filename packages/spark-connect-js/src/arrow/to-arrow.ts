import { Timestamp } from '../types/timestamp.ts'
import { Misfit, misfit } from './misfit.ts'

const MICROS_PER_DAY = 86_400_000_000n
const MICROS_PER_SECOND = 1_000_000
const NANOS_PER_MICRO = 1000n
const LONG_BITS = 64
const DATE = 'a date as text, such as 2026-01-31'
const TIME = 'a time of day as text, such as 12:00:00.5'
const CLOCK = 'a clock reading as text, such as 2026-01-31T12:00:00.5'

/** How far a kind reaches below zero; above, one less. */
const REACH = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const

export const toWhole = (kind: keyof typeof REACH) => {
  const reach = REACH[kind]
  const takes = `a whole number from -${reach} to ${reach - 1}`
  return (value: unknown): number => {
    if (!Number.isInteger(value) || (value as number) < -reach || (value as number) >= reach)
      throw misfit(takes, value)
    return value as number
  }
}

export const toLong = (value: unknown): bigint => {
  if (typeof value !== 'bigint' || BigInt.asIntN(LONG_BITS, value) !== value)
    throw misfit('a bigint of 64 bits', value)
  return value
}

export const toDouble = (value: unknown): number => {
  if (typeof value !== 'number') throw misfit('a number', value)
  return value
}

/** The nearest 32-bit number, as every number with a fraction is rounded; but none becomes infinite. */
export const toFloat = (value: unknown): number => {
  if (typeof value !== 'number' || Number.isFinite(value) !== Number.isFinite(Math.fround(value)))
    throw misfit('a number of 32 bits', value)
  return value
}

/** Days since 1970-01-01. */
export const toDays = (value: unknown): number => {
  const days = typeof value === 'string' ? daysOf(value) : undefined
  if (days === undefined) throw misfit(DATE, value)
  return days
}

const DATE_TEXT = /^([+-]?\d{4,6})-(\d\d)-(\d\d)$/

/** Undefined for what is no day of the calendar, such as the 30th of February. */
const daysOf = (text: string): number | undefined => {
  const match = DATE_TEXT.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return day >= 1 && day <= daysInMonth(year, month) ? daysFromCivil(year, month, day) : undefined
}

const daysInMonth = (year: number, month: number): number =>
  month < 1 || month > 12 ? 0 : daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1)

const DAYS_PER_ERA = 146_097
const YEARS_PER_ERA = 400
const EPOCH_IN_ERAS = 719_468

/** Days of the proleptic Gregorian calendar, by eras of 400 years (H. Hinnant, chrono-compatible date algorithms). */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9] // the year begins in March
  const era = Math.floor(y / YEARS_PER_ERA)
  const yearOfEra = y - era * YEARS_PER_ERA
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_IN_ERAS
}

/** Microseconds since the epoch. */
export const toMicros = (value: unknown): bigint => {
  const micros = value instanceof Timestamp ? value.epochMicros : undefined
  if (micros === undefined || BigInt.asIntN(LONG_BITS, micros) !== micros) throw misfit('a Timestamp', value)
  return micros
}

const TIME_OF_DAY = String.raw`([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?`
const TIME_TEXT = new RegExp(`^${TIME_OF_DAY}$`)
const CLOCK_TEXT = new RegExp(`^(.{10,13})T(${TIME_OF_DAY})$`)

/** Microseconds since midnight; undefined for what is no time of day. */
const timeOfDay = (text: string): number | undefined => {
  const match = TIME_TEXT.exec(text)
  if (!match) return undefined
  const seconds = (Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])
  return seconds * MICROS_PER_SECOND + Number((match[4] ?? '').padEnd(6, '0'))
}

/** Microseconds since 1970 on a clock without a zone. */
export const toClockMicros = (value: unknown): bigint => {
  const match = typeof value === 'string' ? CLOCK_TEXT.exec(value) : null
  const [days, micros] = match ? [daysOf(match[1]!), timeOfDay(match[2]!)] : []
  if (days === undefined || micros === undefined) throw misfit(CLOCK, value)
  return BigInt(days) * MICROS_PER_DAY + BigInt(micros)
}

/** Nanoseconds since midnight. */
export const toTimeNanos = (value: unknown): bigint => {
  const micros = typeof value === 'string' ? timeOfDay(value) : undefined
  if (micros === undefined) throw misfit(TIME, value)
  return BigInt(micros) * NANOS_PER_MICRO
}

/** The digits of a decimal without its point. Nothing is rounded away. */
export const toUnscaled = (precision: number, scale: number) => {
  const takes = `a decimal as text, with ${precision} digits of which ${scale} follow the point`
  const limit = 10n ** BigInt(precision)
  return (value: unknown): bigint => {
    const [, sign, whole, fraction = ''] =
      (typeof value === 'string' && /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(value)) || []
    if (whole === undefined) throw misfit(takes, value)
    const kept = fraction.slice(0, scale)
    const digits = BigInt(whole + kept.padEnd(scale, '0'))
    if (digits >= limit || /[^0]/.test(fraction.slice(scale))) throw misfit(takes, value)
    return sign === '-' ? -digits : digits
  }
}

/** A text as it is: half of a surrogate pair would arrive as another character. */
export const toText = (value: unknown): string => {
  if (typeof value !== 'string') throw misfit('a text', value)
  if (!value.isWellFormed()) throw new Misfit('takes a text, not one with half of a surrogate pair')
  return value
}
