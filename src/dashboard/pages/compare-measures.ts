import { html } from 'hono/html'

import { depthNumber, orUnknown, type DepthNumber } from '../layout/estimate.ts'
import type { Markup } from '../layout/markup.ts'
import { hundredth, percent, signed, tenth, whole, smallOrWhole } from '../layout/numbers.ts'
import { nameOf, people } from '../layout/people-text.ts'
import type { RankedAuthor } from '../snapshots.ts'
import type { View } from '../view.ts'
import { authorLink } from '../links.ts'

interface Measure {
  readonly name: string
  readonly valueOf: (author: RankedAuthor) => number | null
  readonly cell: (author: RankedAuthor) => Markup
}

const counted = (name: string, valueOf: Measure['valueOf'], format: (value: number) => string): Measure => ({
  name,
  valueOf,
  cell: (author) => orUnknown(valueOf(author), format),
})

const ofDepth = (
  name: string,
  numberOf: (author: RankedAuthor) => Omit<DepthNumber, 'method'>,
  format: (value: number) => string,
): Measure => ({
  name,
  valueOf: (author) => numberOf(author).value,
  cell: (author) => depthNumber({ ...numberOf(author), method: author.depth_method }, format),
})

const measures: readonly Measure[] = [
  counted('Retweets', ({ retweets }) => retweets, whole),
  counted('Favourites', ({ favourites }) => favourites, whole),
  counted('Followers', ({ followers }) => followers, whole),
  ofDepth(
    'Passed on',
    (it) => ({ value: it.non_primary_retweets, low: it.non_primary_low, high: it.non_primary_high }),
    smallOrWhole,
  ),
  ofDepth('Mean depth', (it) => ({ value: it.mean_depth }), hundredth),
  ofDepth('Deepest', (it) => ({ value: it.max_depth }), hundredth),
  {
    name: 'Amplification',
    valueOf: ({ amplification }) => amplification,
    cell: ({ amplification }) => depthNumber({ value: amplification, method: 'expected' }, hundredth),
  },
  counted('Retweeters', ({ retweeters }) => retweeters, whole),
  counted('Tweets', ({ tweets }) => tweets, whole),
  counted(
    'Engagement',
    ({ engagement_rate }) => engagement_rate,
    (value) => percent(value * 100),
  ),
  counted(
    'Mood',
    ({ sentiment }) => sentiment,
    (value) => signed(value, hundredth),
  ),
  counted('Part of retweets', ({ retweets_part }) => retweets_part, tenth),
  counted('Part of favourites', ({ favourites_part }) => favourites_part, tenth),
  counted('Part of followers', ({ followers_part }) => followers_part, tenth),
  counted('Part of depth', ({ depth_part }) => depth_part, tenth),
]

/** A row for each number, a column for each author; the highest of a row is strong. */
export function measureTable(view: View, authors: readonly RankedAuthor[]): Markup {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Number by number">
    <table class="compact even">
      <caption class="visually-hidden">
        Number by number
      </caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          ${authors.map((author) => html`<th scope="col" class="number"><a href="${authorLink(view, author.author_id)}">${people(nameOf(author), 24)}</a></th>`)}
        </tr>
      </thead>
      <tbody>
        ${measures.map((measure) => row(measure, authors))}
      </tbody>
    </table>
  </div>`
}

function row({ name, valueOf, cell }: Measure, authors: readonly RankedAuthor[]): Markup {
  const highest = Math.max(...authors.flatMap((author) => valueOf(author) ?? []))
  return html`<tr>
    <th scope="row">${name}</th>
    ${authors.map((author) => html`<td class="number">${authors.length > 1 && valueOf(author) === highest ? html`<strong>${cell(author)}</strong>` : cell(author)}</td>`)}
  </tr>`
}
