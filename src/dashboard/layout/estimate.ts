import { html } from 'hono/html'

import type { Markup } from './markup.ts'
import { UNKNOWN } from './numbers.ts'

/** What is not known: a word, and grey; never a zero. */
export const unknown: Markup = html`<span class="unknown">${UNKNOWN}</span>`

/** A number, or the word for none. */
export const orUnknown = (value: number | null | undefined, format: (value: number) => string): Markup =>
  value === null || value === undefined ? unknown : html`${format(value)}`

/** How a depth was found out, for people. */
export const METHOD_NAMES = {
  explicit: 'observed',
  follows: 'by follows',
  expected: 'estimated',
  none: 'unknown',
} as const

/** What stands behind each of the names. */
export const METHOD_EXPLANATIONS = {
  explicit: 'each retweet names whom it was retweeted from',
  follows: 'from a follow list: the most recent retweeter whom one follows',
  expected: 'the expected tree: who retweeted from whom is not known',
  none: 'too little is known of the retweeters',
} as const

/** A number that depends on who retweeted from whom. */
export interface DepthNumber {
  readonly value: number | null
  readonly method: keyof typeof METHOD_NAMES
  /** 95 % of the probability lies between. */
  readonly low?: number | null
  readonly high?: number | null
}

/** The number by its method: an estimate stands with its sign and its interval, an observed number alone. */
export function depthNumber(
  { value, method, low, high }: DepthNumber,
  format: (value: number) => string,
): Markup {
  if (value === null) return unknown
  if (method === 'explicit') return html`${format(value)}`
  const hasInterval = typeof low === 'number' && typeof high === 'number'
  const interval = hasInterval ? html` <small>${format(low)}–${format(high)}</small>` : ''
  const explained = `${METHOD_NAMES[method]}: ${METHOD_EXPLANATIONS[method]}${hasInterval ? '; 95 % interval' : ''}`
  return html`<span class="estimate" title="${explained}"
    ><span aria-label="about">≈</span> ${format(value)}${interval}</span
  >`
}
