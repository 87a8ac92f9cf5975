import type { Random } from '../../../src/collect/random.ts'

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const chance = (random: Random, share: number) => random.unit() < share
const pick = <T>(random: Random, values: readonly T[]): T | undefined =>
  values[random.uint32() % values.length]
const space = (random: Random) => pick(random, ['', '', '', '', ' ', '\t', '  ']) ?? ''

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Values of keys that nobody reads. */
const UNREAD = [
  'null',
  '{}',
  '[{"id_str":"9","data":{"id":"8"}}]',
  '"}{"',
  '1e999',
  nested(60),
  '"\\ud83d\\ude00"',
  'true',
]

/** JSON of the same meaning: other spaces, order and escapes, numbers as text or text as numbers, keys nobody knows. */
export function sameMeaning(value: Json, random: Random): string {
  const around = (text: string) => `${space(random)}${text}${space(random)}`
  if (typeof value === 'number') return around(chance(random, 0.3) ? `"${value}"` : String(value))
  if (typeof value === 'string') return around(stringOf(value, random))
  if (isObject(value)) return around(`{${keysOf(value, random).join(',')}${space(random)}}`)
  if (Array.isArray(value))
    return around(`[${value.map((element: Json) => sameMeaning(element, random)).join(',')}]`)
  return around(JSON.stringify(value))
}

function stringOf(value: string, random: Random): string {
  if (/^[1-9]\d*$/.test(value) && chance(random, 0.3)) return value
  const plain = JSON.stringify(value)
  if (!chance(random, 0.2)) return plain
  return plain.replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${(unit.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** A key may stand twice with one value, and before it one that differs from it in case alone. */
function keysOf(object: { readonly [key: string]: Json }, random: Random): readonly string[] {
  const shuffled = Object.entries(object)
    .map((entry) => [random.unit(), entry] as const)
    .toSorted(([left], [right]) => left - right)
  return shuffled.flatMap(([, [key, value]]) => {
    const text = `${space(random)}${JSON.stringify(key)}${space(random)}:${sameMeaning(value, random)}`
    const unread = `${JSON.stringify(pick(random, [key.toUpperCase(), `~${key}`, 'x}{"y', '$.x']))}:${pick(random, UNREAD)}`
    return [...(chance(random, 0.1) ? [unread] : []), text, ...(chance(random, 0.05) ? [text] : [])]
  })
}

const TOO_DEEP = 1_100 // Spark's parser refuses more than 1,000
const ODD =
  String.raw`null | [] | {} | true | 0 | -1 | 1.5 | 1e400 | -0 | 99999999999999999999 | 253402300799999999
  | "" | "None" | "null" | "NaN" | "\ud800" | "\udc00x" | "\u0000" | "}{" | "0x1F" | " 7 " | "٣" | ["x",null,{}]
  | "Tue Feb 30 10:45:02 +0000 2015" | "Sun Dec 09 22:10:30 +9999 2018" | "2018-12-09T24:61:00Z"
  | "+292278-01-01T00:00:00Z" | "0001-01-01T00:00:00Z" | "at://did:plc:x/app.bsky.feed.post/zzzzzzzzzzzzz"`
    .split(/\s*\|\s*/)
    .concat('9'.repeat(TOO_DEEP), nested(TOO_DEEP))

/** JSON in which some values are no longer what they should be: of another type, out of range, or no time at all. */
export function otherMeaning(value: Json, random: Random, share = 0.15): string {
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, part]) => {
      const text = chance(random, share) ? pick(random, ODD) : otherMeaning(part, random, share)
      return `${JSON.stringify(key)}:${text}`
    })
    return `{${entries.join(',')}}`
  }
  if (Array.isArray(value))
    return `[${value.map((part: Json) => otherMeaning(part, random, share)).join(',')}]`
  return JSON.stringify(value)
}

/** What is left of a record when a stream breaks off. A brace at its end would look like the start of another. */
export const cutShort = (record: string, random: Random): string =>
  record
    .slice(0, 1 + Math.floor(random.unit() * (record.length - 2)))
    .replace(/[{\s"\uD800-\uDBFF]+$/u, '') || '{'
