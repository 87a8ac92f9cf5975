import { scaleTime } from 'd3-scale'
import { html } from 'hono/html'

import type { Cascade } from '../../store/reading/author-details.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { duration } from '../layout/numbers.ts'
import { utc } from '../layout/time.ts'

const WIDTH = 260
const HEIGHT = 24
const MARGIN = 6

/** From when to when timelines that stand below each other reach. */
export type TimeSpan = readonly [from: Date, to: Date]

/** From the first tweet to the last event of all. */
export function spanOf(cascades: readonly Cascade[], end: Date): TimeSpan | undefined {
  const starts = cascades.flatMap(({ tweeted_at }) => (tweeted_at ? [tweeted_at.getTime()] : []))
  return starts.length > 0 ? [new Date(Math.min(...starts)), end] : undefined
}

/** Retweets by the end of a slot. */
interface Step {
  readonly at: Date
  readonly retweets: number
}

/** A tweet's life on the time of all: its tweet, how its retweets grew from slot to slot, and its last event. */
export function cascadeTimeline(
  cascade: Cascade,
  { span, steps }: { readonly span: TimeSpan; readonly steps: readonly Step[] },
): Markup {
  const { tweeted_at, seen_at, retweets } = cascade
  if (tweeted_at === null) return nothing
  const x = scaleTime([...span], [MARGIN, WIDTH - MARGIN]).clamp(true)
  const most = Math.max(1, retweets)
  const dots = apart(
    steps.filter(({ at }) => at < seen_at),
    (step) => x(step.at),
  )
  return html`<svg
    class="timeline"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    role="img"
    aria-label="Tweeted ${utc(tweeted_at)}, last event ${duration(seen_at.getTime() - tweeted_at.getTime())} later"
  >
    <line class="track" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="12" y2="12" />
    <line class="life" x1="${x(tweeted_at).toFixed(1)}" x2="${x(seen_at).toFixed(1)}" y1="12" y2="12" />
    ${dots.map(({ at, retweets: sofar }) => html`<circle class="step" cx="${x(at).toFixed(1)}" cy="12" r="${(1.5 + 3.5 * Math.sqrt(sofar / most)).toFixed(1)}"><title>${sofar} retweets by ${utc(at)}</title></circle>`)}
    <circle class="start" cx="${x(tweeted_at).toFixed(1)}" cy="12" r="4">
      <title>Tweeted ${utc(tweeted_at)}</title>
    </circle>
    <line class="end" x1="${x(seen_at).toFixed(1)}" x2="${x(seen_at).toFixed(1)}" y1="5" y2="19" />
  </svg>`
}

const DOTS_APART = 11

/** Those that do not cover each other, the last ones first. */
function apart(steps: readonly Step[], xOf: (step: Step) => number): readonly Step[] {
  const chosen: Step[] = []
  for (const step of steps.toReversed()) {
    const next = chosen.at(-1)
    if (next === undefined || xOf(next) - xOf(step) >= DOTS_APART) chosen.push(step)
  }
  return chosen
}
