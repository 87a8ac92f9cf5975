import { html } from 'hono/html'
import { z } from 'zod'

import { lineChart } from '../charts/line-chart.ts'
import { estimatePattern, scoreBar, scoreLegend } from '../charts/score-bar.ts'
import type { Page } from '../layout/frame.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { tenth, whole } from '../layout/numbers.ts'
import { authorCell } from '../layout/people.ts'
import { nameOf, people, shown } from '../layout/people-text.ts'
import { table } from '../layout/table.ts'
import { section } from '../layout/tiles.ts'
import { utc } from '../layout/time.ts'
import { leadingOfName } from '../find-influencers.ts'
import { linkTo, placeOf } from '../links.ts'
import { hiddenInputs } from '../layout/place-form.ts'
import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import { trendsOf, type Trends } from '../trends.ts'
import { slotsBefore, type View } from '../view.ts'
import { findAuthor } from './find-author.ts'
import { measureTable } from './compare-measures.ts'

const PATH = '/compare'
const MOST = 4
const FOUND = 8
const TREND_SLOTS = 48

const compareQuery = z.object({
  author: z
    .union([z.string().transform((id) => [id]), z.array(z.string())])
    .default([])
    .transform((ids) => [...new Set(ids)])
    .refine((ids) => ids.length <= MOST, 'author: four can be compared; choose fewer')
    .refine((ids) => ids.every((id) => id.length <= 64), 'author takes ids'),
  add: z.string().trim().max(100, 'add takes at most 100 letters').default(''),
})

/** Up to four authors beside each other: what their scores are made of, and how they went. */
export async function comparePage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const { author: ids, add } = request.parsed(compareQuery)
  const authors = await Promise.all(ids.map((id) => findAuthor({ ...request, id }, view)))
  const candidates = add === '' ? [] : await leadingOfName(request, view, { text: add, most: FOUND })
  const trends = await trendsOf(request, view, { slots: slotsBefore(view, TREND_SLOTS), authors })
  return {
    title: 'Compare',
    path: PATH,
    view,
    parameters: { author: ids },
    body: html` ${estimatePattern} ${authors.length < MOST ? addForm(view, ids, add) : nothing}
    ${add === '' ? nothing : found(view, ids, candidates)}
    ${authors.length === 0 ? html`<p class="empty">Add up to four authors by name, or tick them among the <a href="${linkTo(view, '/influencers')}">influencers</a>.</p>` : compared(view, authors, trends)}`,
  }
}

function compared(view: View, authors: readonly RankedAuthor[], trends: Trends): Markup {
  return html`<div class="columns">
      ${section(
        'Scores',
        html`${table<RankedAuthor>({
          caption: 'Scores of the authors',
          rows: authors,
          isCompact: true,
          empty: '',
          columns: [
            {
              title: 'Author',
              isHead: true,
              cell: (author, index) =>
                authorCell(view, author, html`<span class="key series-key-${index}"></span>`),
            },
            { title: '#', side: 'right', cell: ({ rank }) => whole(rank) },
            {
              title: 'Influence',
              cell: (author) =>
                html`<span class="score">${author.influence === null ? '–' : tenth(author.influence)}</span
                  >${scoreBar(author)}`,
            },
            {
              title: html`<span class="visually-hidden">Remove</span>`,
              cell: ({ author_id, name, screen_name }) =>
                html`<a
                  href="${linkTo(view, PATH, { author: authors.map((other) => other.author_id).filter((id) => id !== author_id) })}"
                  aria-label="Take ${shown(nameOf({ author_id, name, screen_name }), 40)} out"
                  >✕</a
                >`,
            },
          ],
        })}${scoreLegend(authors.some(({ depth_method }) => depth_method === 'expected'))}`,
      )}
      ${section('Influence over time', trendOf(view, authors, trends))}
    </div>
    ${section('Number by number', measureTable(view, authors))}`
}

function trendOf(view: View, authors: readonly RankedAuthor[], trends: Trends): Markup {
  const slots = slotsBefore(view, TREND_SLOTS)
  if (slots.length < 2) return html`<p class="empty">A trend needs two slots of this window.</p>`
  return lineChart({
    label: 'Influence by slot',
    fromZero: false,
    format: tenth,
    formatX: (value) => utc(new Date(value)),
    series: authors.map((author, colour) => ({
      colour,
      points: trends.of(author.author_id).map((y, index) => {
        const at = slots[index]?.slot_end ?? view.run.slot_end
        return {
          x: at.getTime(),
          y,
          title: `${shown(nameOf(author), 40)}: ${y === null ? 'no score' : tenth(y)} at ${utc(at)}`,
        }
      }),
    })),
  })
}

const addForm = (view: View, ids: readonly string[], add: string): Markup =>
  html`<form class="filters" method="get" action="${PATH}" role="search" aria-label="Add an author">
    ${hiddenInputs({ ...placeOf(view.asked), author: ids })}
    <label class="grow"
      >Add an author
      <input
        type="search"
        name="add"
        value="${add}"
        placeholder="Beginning of the name or @name, or the id"
        maxlength="100"
        data-search /></label
    ><button class="secondary">Find</button>
  </form>`

function found(view: View, ids: readonly string[], candidates: readonly RankedAuthor[]): Markup {
  if (candidates.length === 0)
    return html`<p class="notice warning">Nobody in this slot has a name that begins so.</p>`
  return html`<ul class="found" aria-label="Found authors">
    ${candidates.map(
      (author) =>
        html`<li>
          <a
            class="button secondary"
            href="${linkTo(view, PATH, { author: [...new Set([...ids, author.author_id])] })}"
            >${people(nameOf(author), 30)}&nbsp;<small
              >${author.influence === null ? '' : tenth(author.influence)}</small
            ></a
          >
        </li>`,
    )}
  </ul>`
}
