/** A tag as Firehose takes it. */
export interface Tag {
  readonly Key: string
  readonly Value: string
}

const OWNER: Tag = { Key: 'managed-by', Value: 'ripplerank' }
const TERM_KEY = 'ripplerank-term'
const MOST_VALUE_CHARACTERS = 255 // Firehose's guide says so; its API reference says 256

/** The longest term whose tags fit into the 50 of a stream, in UTF-16 units. */
export const MOST_TERM_CHARACTERS = 1024

/**
 * The tags of a term's stream. A tag takes letters, digits, spaces and `_.:/=+-@` of any script: all else, and `=` itself, is
 * written as `=` and two hexadecimal digits for each byte of UTF-8, as in quoted-printable text (RFC 2045). What exceeds 255
 * characters goes on in further tags: `ripplerank-term-2` and so on.
 * @example termTags('#storm') // ripplerank-term: =23storm
 */
export function termTags(term: string): readonly Tag[] {
  const values = ['']
  for (const character of term) {
    const written = /^[\p{L}\p{Z}\p{N}_.:/+\-@]$/u.test(character) ? character : quoted(character)
    const last = values.at(-1) ?? ''
    if (last.length + written.length <= MOST_VALUE_CHARACTERS) values[values.length - 1] = last + written
    else values.push(written)
  }
  const tags = values.map((Value, i) => ({ Key: i === 0 ? TERM_KEY : `${TERM_KEY}-${i + 1}`, Value }))
  return [OWNER, ...tags]
}

/** The term that a stream's tags name; undefined where they name none. */
export function termOfTags(
  tags: readonly { readonly Key?: string; readonly Value?: string }[],
): string | undefined {
  const values = new Map(tags.map(({ Key, Value = '' }) => [Key, Value]))
  const parts: string[] = []
  for (let key = TERM_KEY; values.has(key); key = `${TERM_KEY}-${parts.length + 1}`)
    parts.push(values.get(key) ?? '')
  if (parts.length === 0) return undefined
  const percented = encodeURI(parts.join('')).replaceAll(/=([0-9A-F]{2})/g, '%$1')
  return decodeURIComponent(percented)
}

function quoted(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
