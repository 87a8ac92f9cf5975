import { html } from 'hono/html'

import type { Markup } from './markup.ts'

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
const LONGEST = 1_000 // characters that are looked at; what people call themselves may have 10,000

// Controls, null bytes, halves of letters and marks that turn the direction of what follows; not the joiners that emojis
// are made of.
const UNSHOWN = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

// Most names are such: words of letters that everybody has, one space between them.
const PLAIN = /^[!-~]+( [!-~]+)*$/

/** A text by people as it may stand on a page: without what nobody sees, in one line, cut after `most` letters. */
export function shown(text: string, most = 60): string {
  if (text.length <= most && PLAIN.test(text)) return text
  const clean = text.slice(0, LONGEST).replaceAll(/\s+/g, ' ').replaceAll(UNSHOWN, '').trim()
  const letters = Iterator.from(segments.segment(clean))
    .take(most + 1)
    .map(({ segment }) => Array.from(segment).slice(0, MARKS_PER_LETTER).join(''))
    .toArray()
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : letters.join('')
}

const MARKS_PER_LETTER = 12 // the longest emojis have 10; a tower of accents has no end

/** A text by people, apart from the direction of the text around it. */
export const people = (text: string, most?: number): Markup => html`<bdi>${shown(text, most)}</bdi>`

/** What an author is called: the name, else the screen name, else the id. */
export function nameOf(author: {
  readonly name: string | null
  readonly screen_name: string | null
  readonly author_id: string
}): string {
  const named = [author.name, author.screen_name].find((text) => text !== null && shown(text) !== '')
  return named ?? author.author_id
}

const ASCII = /^[ -~]*$/ // most names, and nothing to take away from them

/** A text without case and accents. @example plainText('Lucía') // 'lucia' */
export const plainText = (text: string): string =>
  (ASCII.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}/gu, '')).toLowerCase()

/** What an author is searched by: both names as they are shown, each in a line of its own. */
export const searchTextOf = (author: {
  readonly name: string | null
  readonly screen_name: string | null
}): string => [author.name, author.screen_name].map((text) => plainText(shown(text ?? '', 200))).join('\n')
