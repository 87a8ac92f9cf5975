import { Timestamp } from '../types/timestamp.ts'
import { Misfit, misfit } from './misfit.ts'

const MILLIS_PER_DAY = 86_400_000
const LONG_BITS = 64
const DATE = 'a date as text, such as 2026-01-31'
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
  const millis =
    typeof value === 'string' && /^([+-]\d\d)?\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : NaN
  // Date.parse takes the 30th of February for the first of March.
  if (Number.isNaN(millis) || !new Date(millis).toISOString().startsWith(value as string))
    throw misfit(DATE, value)
  return millis / MILLIS_PER_DAY
}

/** Microseconds since the epoch. */
export const toMicros = (value: unknown): bigint => {
  const micros = value instanceof Timestamp ? value.epochMicros : undefined
  if (micros === undefined || BigInt.asIntN(LONG_BITS, micros) !== micros) throw misfit('a Timestamp', value)
  return micros
}

/** Microseconds since 1970 on a clock without a zone. */
export const toClockMicros = (value: unknown): bigint => {
  const [, day = '', time = ''] =
    (typeof value === 'string' && /^(.*)T(\d\d:\d\d:\d\d)(?:\.\d{1,6})?$/.exec(value)) || []
  if (day === '' || time > '23:59:59') throw misfit(CLOCK, value)
  try {
    toDays(day)
    return Timestamp.parse(`${String(value)}Z`).epochMicros
  } catch {
    throw misfit(CLOCK, value)
  }
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
