import { html } from 'hono/html'

import type { Markup } from './markup.ts'

/** A column of a table. */
export interface Column<Row> {
  readonly title: string | Markup
  /** The title for those who do not see it as a heading alone, and on hover. */
  readonly explained?: string
  readonly cell: (row: Row, index: number) => Markup | string
  /** Numbers stand on the right. Default: left. */
  readonly side?: 'right'
  /** What is in a cell stays in one line. */
  readonly isTight?: boolean
  /** Where a link of the title leads, which sorts. */
  readonly sortedBy?: { readonly href: string; readonly direction?: 'ascending' | 'descending' | undefined }
  /** How soon it goes where there is little room: 3 first, 1 last. Default: never. */
  readonly yields?: 1 | 2 | 3
  /** The cell names its row. */
  readonly isHead?: boolean
}

export interface TableOptions<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** What is said instead of rows. */
  readonly empty: Markup | string
  readonly isCompact?: boolean
}

/** A table that can be moved through by keys: each row's first link is what it is about. */
export function table<Row>({ caption, columns, rows, empty, isCompact }: TableOptions<Row>): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="${caption}">
<table${isCompact ? html` class="compact"` : ''} data-rows><caption class="visually-hidden">${caption}</caption>
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>${rows.map(
    (row, index) =>
      html`<tr>
        ${columns.map((column) => cell(column, row, index))}
      </tr>`,
  )}</tbody>
</table></div>`
}

function heading<Row>(column: Column<Row>): Markup {
  const { title, explained, sortedBy } = column
  const sorted = sortedBy?.direction ? html` aria-sort="${sortedBy.direction}"` : ''
  const arrow = sortedBy?.direction
    ? html`<span aria-hidden="true">${sortedBy.direction === 'ascending' ? ' ↑' : ' ↓'}</span>`
    : ''
  const about = explained === undefined ? '' : html` title="${explained}"`
  return html`<th scope="col" ${classOf(column)}${sorted}${about}>
    ${sortedBy ? html`<a href="${sortedBy.href}">${title}${arrow}</a>` : title}
  </th>`
}

const cell = <Row>(column: Column<Row>, row: Row, index: number): Markup =>
  column.isHead
    ? html`<th scope="row" ${classOf(column)}>${column.cell(row, index)}</th>`
    : html`<td${classOf(column)}>${column.cell(row, index)}</td>`

function classOf<Row>({ side, yields, isTight }: Column<Row>): Markup | string {
  const names = [
    side === 'right' ? 'number' : '',
    isTight ? 'tight' : '',
    yields ? `yields-${yields}` : '',
  ].filter(Boolean)
  return names.length > 0 ? html` class="${names.join(' ')}"` : ''
}
