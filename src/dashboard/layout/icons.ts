import { html, raw } from 'hono/html'

import type { Markup } from './markup.ts'

/** Rings from a drop, with the accent's colour. */
export const logo: Markup = html`<svg
  class="logo"
  viewBox="0 0 24 24"
  width="24"
  height="24"
  aria-hidden="true"
>
  <circle cx="12" cy="12" r="2.6" />
  <circle cx="12" cy="12" r="6.2" class="ring" />
  <circle cx="12" cy="12" r="10" class="ring faint" />
</svg>`

/** The same as a file, for the tab of a browser. */
export const ICON_FILE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#2b66d9" stroke-width="2"><circle cx="12" cy="12" r="2.6" fill="#2b66d9"/><circle cx="12" cy="12" r="6.2"/><circle cx="12" cy="12" r="10" stroke-opacity=".5"/></svg>'

const shapes: Readonly<Record<string, string>> = {
  '/': '<path d="M4 13h6V4H4zM14 20h6V4h-6zM4 20h6v-3H4z"/>',
  '/influencers': '<path d="M4 6h10M4 12h7M4 18h4M18 5v14m0 0-3-3m3 3 3-3"/>',
  '/compare': '<path d="M6 4v16M18 4v16M6 9h12M6 15h12"/>',
  '/network':
    '<circle cx="6" cy="7" r="2.5"/><circle cx="18" cy="6" r="2.5"/><circle cx="13" cy="18" r="2.5"/><path d="m8.4 7 7-.7M7.4 9l4.4 6.9m2.2-.2L17 8.3"/>',
  '/topics': '<path d="M9 4 7 20M17 4l-2 16M4 9h17M3 15h17"/>',
  '/map': '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z"/>',
  '/budget': '<circle cx="12" cy="12" r="8.5"/><path d="M12 12V3.5M12 12l6 6"/>',
  '/runs': '<path d="M3 12h4l3-7 4 14 3-7h4"/>',
}

/** What stands before an entry of the menu. */
export const sectionIcon = (path: string): Markup =>
  html`<svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    ${raw(shapes[path] ?? '')}
  </svg>`
