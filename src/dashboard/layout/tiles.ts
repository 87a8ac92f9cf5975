import { html } from 'hono/html'

import type { Markup } from './markup.ts'

/** One number that stands for itself. */
export interface Tile {
  readonly name: string
  readonly value: Markup | string
  /** What it means, or what it is made of. */
  readonly note?: Markup | string
  readonly href?: string
}

/** Numbers side by side. */
export const tiles = (all: readonly Tile[]): Markup =>
  html`<dl class="tiles">
    ${all.map(
      ({ name, value, note, href }) =>
        html`<div class="tile">
          <dt>${href ? html`<a href="${href}">${name}</a>` : name}</dt>
          <dd class="value">${value}</dd>
          ${note === undefined ? '' : html`<dd class="note">${note}</dd>`}
        </div>`,
    )}
  </dl>`

/** A part of a page under a heading. */
export const section = (title: string, body: Markup, more?: Markup | string): Markup =>
  html`<section class="card">
    <div class="card-head">
      <h2>${title}</h2>
      ${more ?? ''}
    </div>
    ${body}
  </section>`
