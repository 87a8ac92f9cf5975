import { html } from 'hono/html'

import { linkTo } from '../links.ts'
import type { View } from '../view.ts'
import { nothing, type Markup } from './markup.ts'
import { duration } from './numbers.ts'
import { windowTitle } from './place-form.ts'
import { timeMarkup } from './time.ts'

/** Slots come every quarter of an hour; who has published none for three is late. */
const STALE_AFTER_MS = 45 * 60 * 1000

/** What the numbers speak of, below the title; whether they are old, beside it. */
export const freshness = ({ run, isLatest }: View, nowMs: number): Markup => {
  const ageMs = nowMs - run.published_at.getTime()
  return html`<p class="freshness">
    ${windowTitle(run.window_hours)} to ${timeMarkup(run.slot_end)} · published
    ${duration(Math.max(0, ageMs))}
    ago${isLatest ? '' : html` · <span class="tag">not the latest slot</span>`}
  </p>`
}

/** Says that nothing was published for long, and where to look. */
export function staleNotice(view: View, nowMs: number): Markup {
  const newest = Math.max(...view.runs.map(({ published_at }) => published_at.getTime()))
  const ageMs = nowMs - newest
  if (ageMs < STALE_AFTER_MS) return nothing
  return html`<p class="notice warning" role="note">
    Nothing was published for ${duration(ageMs)}, although slots end every 15 minutes. These numbers are as
    old as that; <a href="${linkTo(view, '/runs')}">the runs</a> say what became of later slots.
  </p>`
}
