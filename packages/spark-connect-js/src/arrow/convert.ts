import type { AnyType, Schema } from '../types/data-type.ts'
import { clockTime } from '../types/clock-time.ts'
import { Timestamp } from '../types/timestamp.ts'

/** Turns what the Arrow decoder yields for a type into this client's value of it; null stays null. */
export type Converter = (value: never) => unknown

const MILLIS_PER_DAY = 86_400_000
/** What `toISOString` writes after the day; years beyond 9999 have more than four digits before. */
const ISO_MIDNIGHT = 'T00:00:00.000Z'

/** The converter of a type; undefined where the decoder's value is the value. */
export const converterOf = (type: AnyType): Converter | undefined => {
  switch (type.kind) {
    case 'timestamp':
      return (micros: bigint) => new Timestamp(micros)
    case 'timestamp_ntz':
      return (micros: bigint) => new Timestamp(micros).toString().slice(0, -1)
    case 'date':
      return isoDate
    case 'time':
      return clockTime
    case 'variant':
    case 'geometry':
    case 'geography':
      return ownBytes
    case 'decimal':
      return (unscaled: bigint) => decimalText(unscaled, type.scale)
    case 'binary':
      return (bytes: Uint8Array) => bytes.slice()
    case 'array':
      return arrayConverter(type.element)
    case 'map':
      return mapConverter(type.key, type.value)
    case 'struct':
      return structConverter(type.fields)
    default:
      return undefined
  }
}

const nullable = (convert: Converter | undefined): ((value: unknown) => unknown) =>
  convert
    ? (value) => (value === null || value === undefined ? null : convert(value as never))
    : (value) => value ?? null

const isoDate = (epochMillis: number): string => {
  const days = Math.floor(epochMillis / MILLIS_PER_DAY)
  return new Date(days * MILLIS_PER_DAY).toISOString().slice(0, -ISO_MIDNIGHT.length)
}

/** A struct whose bytes are copied out of the buffer that they share with other rows. */
const ownBytes = (struct: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(struct).map(([name, part]) => [name, part instanceof Uint8Array ? part.slice() : part]),
  )

const decimalText = (unscaled: bigint | number, scale: number): string => {
  const digits = BigInt(unscaled)
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

const arrayConverter = (element: AnyType): Converter => {
  const convert = nullable(converterOf(element))
  return (values: Iterable<unknown>) => Array.from(values, convert)
}

const mapConverter = (key: AnyType, value: AnyType): Converter => {
  const [convertKey, convertValue] = [nullable(converterOf(key)), nullable(converterOf(value))]
  return (entries: Iterable<readonly [unknown, unknown]>) =>
    new Map(Array.from(entries, ([k, v]) => [convertKey(k), convertValue(v)] as const))
}

const structConverter = (fields: Schema): Converter => {
  const converters = Object.entries(fields).map(
    ([name, type]) => [name, nullable(converterOf(type))] as const,
  )
  return (struct: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(converters.map(([name, convert]) => [name, convert(struct[name])]))
}
