import { html } from 'hono/html'

/** A piece of a page; whatever was interpolated into it is escaped. */
export type Markup = ReturnType<typeof html>

/** Nothing, where a piece may be missing. */
export const nothing: Markup = html``
