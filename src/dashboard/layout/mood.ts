import { html } from 'hono/html'

import type { Mood } from '../../store/reading/author-details.ts'
import type { Markup } from './markup.ts'
import { hundredth, percent, signed } from './numbers.ts'

/** A mean of sentiments, -1 to 1, with its word. */
export const moodCell = (sentiment: number, word: string): Markup =>
  html`<span class="mood mood-${word}" title="Mean sentiment ${signed(sentiment, hundredth)}, of −1 to +1"
    >${signed(sentiment, hundredth)}</span
  >`

const KINDS = ['positive', 'neutral', 'negative', 'unknown'] as const
const WIDTH = 240
const HEIGHT = 14

/** How many speak well, badly, neither, or unknowably, as a bar with its numbers. */
export function moodBar(mood: Mood): Markup {
  let before = 0
  const shares = KINDS.map((kind) => ({ kind, share: mood.volume > 0 ? mood[kind] / mood.volume : 0 }))
  const segments = shares.map(({ kind, share }) => {
    const left = before
    before += share
    return html`<rect
      x="${(left * WIDTH).toFixed(1)}"
      width="${(share * WIDTH).toFixed(1)}"
      height="${HEIGHT}"
      class="fill fill-${kind}"
    />`
  })
  return html`<div class="mood-bar">
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${shares.map(({ kind, share }) => `${kind} ${percent(share * 100)}`).join(', ')}"
    >
      ${segments}
    </svg>
    <ul class="legend">
      ${shares.map(({ kind, share }) => html`<li><span class="key key-${kind}"></span>${kind} ${percent(share * 100)}</li>`)}
    </ul>
  </div>`
}
