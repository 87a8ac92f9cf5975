import { html } from 'hono/html'

import type { PublishedRun } from '../../store/reading/published-slots.ts'
import { linkTo } from '../links.ts'
import type { View } from '../view.ts'
import { nothing, type Markup } from './markup.ts'
import { windowTitle } from './place-form.ts'
import { timeMarkup } from './time.ts'

/** Slots come every quarter of an hour; who has published none for three is late. */
const STALE_AFTER_MS = 45 * 60 * 1000

/** What the numbers speak of, below the title. A script adds how long ago they were published. */
export const freshness = ({ run, isLatest }: View): Markup =>
  html`<p class="freshness">
    ${windowTitle(run.window_hours)} to ${timeMarkup(run.slot_end)} · published
    ${timeMarkup(run.published_at)}<span data-age="${run.published_at.toISOString()}"></span
    >${isLatest ? '' : html` · <span class="tag">not the latest slot</span>`}
  </p>`

/** Whether nothing was published for long. */
export const isStale = (runs: readonly PublishedRun[], nowMs: number): boolean =>
  runs.length > 0 && nowMs - newestOf(runs) >= STALE_AFTER_MS

/** Says that nothing was published for long, and where to look. */
export function staleNotice(view: View, nowMs: number): Markup {
  if (!isStale(view.runs, nowMs)) return nothing
  return html`<p class="notice warning" role="note">
    Nothing was published since ${timeMarkup(new Date(newestOf(view.runs)))}, although slots end every 15
    minutes. These numbers are as old as that; <a href="${linkTo(view, '/runs')}">the runs</a> say what became
    of later slots.
  </p>`
}

const newestOf = (runs: readonly PublishedRun[]): number =>
  Math.max(...runs.map(({ published_at }) => published_at.getTime()))
