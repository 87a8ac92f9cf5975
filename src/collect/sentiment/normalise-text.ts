import emojis from 'unicode-emoji-json/data-by-emoji.json' with { type: 'json' }

const RETWEET_PREFIX = /^(?:RT @\w+:?\s+)+/
const LINKS = /\bhttps?:\/\/\S+/g
const MENTIONS = /(?<![\w/])@\w[\w.-]*/g
const HASHES = /#(?=\p{L})/gu
const EMOJI = /\p{Extended_Pictographic}|\p{RGI_Emoji}/v
const EMOJIS = /\p{RGI_Emoji}|\p{Extended_Pictographic}/gv
const AS_EMOJI = '\uFE0F' // behind a character that is text otherwise; many leave it out
const SKIN_TONES = /\p{Emoji_Modifier}/gu

/** What the X API writes in texts for the characters that mean something in HTML. */
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/**
 * A text as VADER wants it: without retweet prefix, links and mentions; `&lt;3` is a heart again, and emojis are named,
 * as VADER's reference implementation does. Its JavaScript port knows negations and `but` in lower case only.
 *
 * @example
 *   normaliseText('RT @ann: Not bad, @bob! https://t.co/x 😁') // 'not bad, ! beaming face with smiling eyes'
 */
export function normaliseText(text: string): string {
  const words = text
    .replace(RETWEET_PREFIX, '')
    .replaceAll(LINKS, ' ')
    .replaceAll(MENTIONS, ' ')
    .replaceAll(HASHES, '')
    .replaceAll('’', "'")
    .replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
  return withoutIdleCapitals(named(words)).trim().replaceAll(/\s+/g, ' ')
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries(emojis).map(([emoji, { name }]) => [emoji, name]),
)

function named(text: string): string {
  return EMOJI.test(text) ? text.replaceAll(EMOJIS, (emoji) => ` ${nameOf(emoji)} `) : text
}

const nameOf = (emoji: string): string =>
  names.get(emoji) ?? names.get(emoji + AS_EMOJI) ?? names.get(emoji.replaceAll(SKIN_TONES, '')) ?? ''

const NEGATION =
  /^(?:NOT|NEVER|NONE|NOPE|NOR|NOTHING|NOWHERE|NEITHER|WITHOUT|CANNOT|RARELY|SELDOM|DESPITE|LEAST|BUT|[A-Z]+N'T|(?:AI|ARE|CA|COULD|DARE|DID|DO|DOES|HAD|HAS|HAVE|IS|MIGHT|MUST|NEED|OUGHT|SHA|SHOULD|WAS|WERE|WO|WOULD)NT)\W*$/

/** Capitals count for VADER only in words that have no small letter, beside others that have. */
function withoutIdleCapitals(text: string): string {
  if (!/\p{Ll}/u.test(text)) return text.toLowerCase()
  return text.replaceAll(/\S+/g, (word) =>
    /\p{Ll}/u.test(word) || NEGATION.test(word) ? word.toLowerCase() : word,
  )
}
