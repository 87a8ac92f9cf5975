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

/** One line. */
export interface Series {
  readonly points: readonly Point[]
  /** Which of the colours; 0 is the accent. */
  readonly colour: number
}

export interface LineChartOptions {
  readonly series: readonly Series[]
  readonly label: string
  readonly format: (value: number) => string
  readonly formatX: (value: number) => string
  /** Whether the axis begins at nothing; a score's change would not be seen. */
  readonly fromZero: boolean
  /** What the axis reaches over at least, so that next to no change looks like none. Default: little, unless it is flat. */
  readonly leastSpan?: number
  /** A place on the axis below that is marked. */
  readonly mark?: { readonly x: number; readonly title: string }
  /** Whether every point is drawn; a curve of many is a line alone. */
  readonly hasDots?: boolean
}

const WIDTH = 640
const MARGIN = { top: 12, right: 16, bottom: 26, left: 56 } as const
const TICKS = 4

const HEIGHT = 190

/** Lines over an axis with its numbers, the area below a single one where the axis begins at nothing. */
export function lineChart(options: LineChartOptions): Markup {
  const { series, label, format, formatX, fromZero, mark, hasDots = true } = options
  const points = series.flatMap((one) => one.points)
  const known = points.filter(({ y }) => y !== null)
  const [low, high] = extent(known, ({ y }) => y ?? 0)
  const [first, last] = extent(points, ({ x }) => x)
  if (low === undefined || first === undefined || known.length < 2) return nothing
  const x = scaleLinear([first, last], [MARGIN.left, WIDTH - MARGIN.right])
  const { leastSpan = high === low ? Math.max(2, Math.abs(high) / 5) : 0 } = options
  const room = Math.max(0, leastSpan - (high - low)) / 2
  const y = scaleLinear([fromZero ? 0 : low - room, high + room], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(
    TICKS,
  )
  const bottom = y(y.domain()[0] ?? 0)
  return html`<svg class="line-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${y.ticks(TICKS).map((tick) => html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" /><text class="axis end" x="${MARGIN.left - 8}" y="${(y(tick) + 4).toFixed(1)}">${format(tick)}</text>`)}
    <text class="axis" x="${MARGIN.left}" y="${HEIGHT - 6}">${formatX(first)}</text>
    <text class="axis end" x="${WIDTH - MARGIN.right}" y="${HEIGHT - 6}">${formatX(last)}</text>
    ${mark ? html`<line class="mark" x1="${x(mark.x).toFixed(1)}" x2="${x(mark.x).toFixed(1)}" y1="${MARGIN.top}" y2="${bottom.toFixed(1)}"><title>${mark.title}</title></line>` : ''}
    ${series.map((one) => seriesOf(one, { x, y, bottom: fromZero && series.length === 1 ? bottom : undefined, hasDots }))}
  </svg>`
}

interface Scales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  /** Down to where the area below is filled. */
  readonly bottom: number | undefined
  readonly hasDots: boolean
}

function seriesOf({ points, colour }: Series, { x, y, bottom, hasDots }: Scales): Markup {
  const [left, top] = [(point: Point) => x(point.x), (point: Point) => y(point.y ?? 0)]
  const isKnown = (point: Point): boolean => point.y !== null
  const path = line<Point>(left, top).digits(1).defined(isKnown)(points)
  const below =
    bottom === undefined ? null : area<Point>(left, bottom, top).digits(1).defined(isKnown)(points)
  const dots = hasDots ? points.filter(isKnown) : []
  return html`<g class="series-${colour}"
    >${below === null ? '' : html`<path class="area" d="${below}" />`}<path
      class="line"
      d="${path}"
    />${dots.map((point) => html`<circle class="dot" cx="${left(point).toFixed(1)}" cy="${top(point).toFixed(1)}" r="3"><title>${point.title}</title></circle>`)}</g
  >`
}
