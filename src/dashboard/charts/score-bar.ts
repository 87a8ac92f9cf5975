import { html } from 'hono/html'

import type { ScoredAuthor } from '../../store/reading/ranking.ts'
import type { Markup } from '../layout/markup.ts'
import { tenth } from '../layout/numbers.ts'
import { PART_NAMES, PARTS, scoreParts } from './score-parts.ts'

const WIDTH = 120
const HEIGHT = 12

/** Hatching for what is estimated; stands once on a page that draws score bars. */
export const estimatePattern: Markup = html`<svg class="defs" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="estimate" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" class="fill fill-depth" />
      <rect width="2" height="5" class="fill fill-surface" fill-opacity="0.45" />
    </pattern>
  </defs>
</svg>`

/** A score as a bar of 100, made of its parts; the depth's is hatched where it is an estimate. */
export function scoreBar(author: ScoredAuthor): Markup {
  const parts = scoreParts(author)
  const label = parts
    .filter(({ value }) => value !== null)
    .map(({ part, points }) => `${PART_NAMES[part].toLowerCase()} ${tenth(points)}`)
    .join(', ')
  let before = 0
  const segments = parts.map(({ part, points }) => {
    const left = before
    before += points
    const fill = part === 'depth' && author.depth_method === 'expected' ? 'fill-estimate' : `fill-${part}`
    return points > 0
      ? html`<rect
          x="${round((left / 100) * WIDTH)}"
          width="${round((points / 100) * WIDTH)}"
          height="${HEIGHT}"
          class="fill ${fill}"
        />`
      : ''
  })
  return html`<svg
    class="score-bar"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-label="Made of ${label}"
  >
    <rect width="${WIDTH}" height="${HEIGHT}" class="fill fill-track" />
    ${segments}
  </svg>`
}

const round = (value: number): number => Math.round(value * 10) / 10

/** What the colours of score bars stand for. */
export const scoreLegend = (hasEstimates: boolean): Markup =>
  html`<ul class="legend" aria-label="Parts of the score">
    ${PARTS.map((part) => html`<li><span class="key key-${part}"></span>${PART_NAMES[part]}</li>`)}
    ${hasEstimates ? html`<li><span class="key key-estimate"></span>Depth, estimated</li>` : ''}
  </ul>`
