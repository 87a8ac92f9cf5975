import { html } from 'hono/html'

import type { Markup } from './markup.ts'

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** @example isoSeconds(new Date(0)) // '1970-01-01T00:00:00Z' */
export const isoSeconds = (time: Date): string => time.toISOString().replace('.000Z', 'Z')

/** @example utc(new Date(0)) // '1 Jan 1970, 00:00 UTC' */
export const utc = (time: Date): string => `${moment.format(time)} UTC`

/** A moment in UTC; the browser adds the reader's own time to its title. */
export const timeMarkup = (time: Date): Markup =>
  html`<time datetime="${time.toISOString()}" title="${utc(time)}">${utc(time)}</time>`
