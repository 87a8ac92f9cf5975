import { extent } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html } from 'hono/html'

import { nothing, type Markup } from '../layout/markup.ts'
import { tenth } from '../layout/numbers.ts'

const WIDTH = 84
const HEIGHT = 22
const MARGIN = 3
const LEAST_SPAN = 1 // a tenth of a point up and down must not look like a mountain

/** A small line of what a number was, the oldest first; a slot without the author is a gap. */
export function sparkline(values: readonly (number | null)[]): Markup {
  const known = values.filter((value) => value !== null)
  const [low, high] = extent(known)
  const last = known.at(-1)
  if (low === undefined || last === undefined || known.length < 2) return nothing
  const missing = Math.max(0, LEAST_SPAN - (high - low)) / 2
  const x = scaleLinear([0, values.length - 1], [MARGIN, WIDTH - MARGIN])
  const y = scaleLinear([low - missing, high + missing], [HEIGHT - MARGIN, MARGIN])
  const path = line<number | null>(
    (_, at) => x(at),
    (value) => y(value ?? 0),
  )
    .digits(1)
    .defined((value) => value !== null)
  return html`<svg
    class="sparkline"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-label="From ${tenth(known[0] ?? 0)} to ${tenth(last)} over ${known.length} slots"
  >
    <path d="${path(values)}" />
    <circle
      cx="${x(values.findLastIndex((value) => value !== null)).toFixed(1)}"
      cy="${y(last).toFixed(1)}"
      r="2.2"
    />
  </svg>`
}
