/** An object of JSON whose values nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: unknown): JsonObject | null => (isObject(value) ? value : null)

/** The elements of an array; none of anything else. */
export const elementsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const objectsOf = (value: unknown): readonly JsonObject[] => elementsOf(value).filter(isObject)

/** A scalar as text; null where it is unknown: missing, empty, "None" or no scalar. */
export function known(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || value === 'None' ? null : value
  // A number beyond 2^53 has lost its digits, and an id with other digits is another id.
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : `${value}`
  return typeof value === 'boolean' ? `${value}` : null
}

const WHOLE_NUMBER = /^\+?\d+$/

/** A count: no fraction, nothing below zero; null where it is unknown. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'string' && !WHOLE_NUMBER.test(value)) return null
  const count = typeof value === 'string' ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
}

/** An object parsed from a text; null where the text is not one whole JSON object. */
export function parseObject(text: string): JsonObject | null {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return null
  }
}
