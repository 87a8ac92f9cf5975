import { extent } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { html } from 'hono/html'

import { nothing, type Markup } from '../layout/markup.ts'

/** One point; a gap where it has no value. */
export interface Point {
  /** Any unit; the points are in its order. */
  readonly x: number
  readonly y: number | null
  /** What is said of it on hover. */
  readonly title: string
}

export interface LineChartOptions {
  readonly points: readonly Point[]
  readonly label: string
  readonly format: (value: number) => string
  readonly formatX: (value: number) => string
  /** Whether the axis begins at nothing; a score's change would not be seen. */
  readonly fromZero: boolean
  readonly height?: number
}

const WIDTH = 640
const MARGIN = { top: 12, right: 16, bottom: 26, left: 56 } as const
const TICKS = 4

/** A line over an axis with its numbers, the area below it where the axis begins at nothing. */
export function lineChart({
  points,
  label,
  format,
  formatX,
  fromZero,
  height = 190,
}: LineChartOptions): Markup {
  const known = points.filter(({ y }) => y !== null)
  const [low, high] = extent(known, ({ y }) => y ?? 0)
  const [first, last] = extent(points, ({ x }) => x)
  if (low === undefined || first === undefined || known.length < 2) return nothing
  const x = scaleLinear([first, last], [MARGIN.left, WIDTH - MARGIN.right])
  const room = high === low ? Math.max(1, Math.abs(high) / 10) : 0
  const y = scaleLinear([fromZero ? 0 : low - room, high + room], [height - MARGIN.bottom, MARGIN.top]).nice(
    TICKS,
  )
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y ?? 0),
  )
    .digits(1)
    .defined((point) => point.y !== null)
  const below = area<Point>(
    (point) => x(point.x),
    y(y.domain()[0] ?? 0),
    (point) => y(point.y ?? 0),
  )
    .digits(1)
    .defined((point) => point.y !== null)
  return html`<svg class="line-chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
    ${y.ticks(TICKS).map((tick) => html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" /><text class="axis end" x="${MARGIN.left - 8}" y="${(y(tick) + 4).toFixed(1)}">${format(tick)}</text>`)}
    <text class="axis" x="${MARGIN.left}" y="${height - 6}">${formatX(first)}</text>
    <text class="axis end" x="${WIDTH - MARGIN.right}" y="${height - 6}">${formatX(last)}</text>
    ${fromZero ? html`<path class="area" d="${below(points)}" />` : ''}
    <path class="line" d="${path(points)}" />
    ${known.map((point) => html`<circle class="dot" cx="${x(point.x).toFixed(1)}" cy="${y(point.y ?? 0).toFixed(1)}" r="3"><title>${point.title}</title></circle>`)}
  </svg>`
}
