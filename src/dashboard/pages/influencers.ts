import { html } from 'hono/html'

import { scoreBar, scoreLegend, estimatePattern } from '../charts/score-bar.ts'
import { sparkline } from '../charts/sparkline.ts'
import { findInfluencers, type InfluencersResult } from '../find-influencers.ts'
import {
  influencersQuery,
  isSelection,
  moodOf,
  PAGE_ROWS,
  parametersOf,
  type InfluencersQuery,
  type Sort,
} from '../influencers-query.ts'
import { countryCell } from '../layout/countries.ts'
import { depthNumber, orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import type { Markup } from '../layout/markup.ts'
import { moodCell } from '../layout/mood.ts'
import { compact, hundredth, smallOrWhole, tenth, whole } from '../layout/numbers.ts'
import { authorCell } from '../layout/people.ts'
import { pager } from '../layout/pager.ts'
import { table, type Column } from '../layout/table.ts'
import { linkTo } from '../links.ts'
import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import { movementOf, trendsOf, type Trends } from '../trends.ts'
import { slotsBefore, type View } from '../view.ts'
import { filterForm } from './influencers-filters.ts'

const PATH = '/influencers'
const TREND_SLOTS = 12

/** The ranking as a table that can be filtered, sorted and exported. */
export async function influencersPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const result = await findInfluencers(request, view, request.parsed(influencersQuery))
  const slots = slotsBefore(view, TREND_SLOTS)
  const [trends, figures, countries] = await Promise.all([
    trendsOf(request, view, { slots, authors: result.rows }),
    request.snapshots.figures(view),
    request.snapshots.countries(view),
  ])
  const codes = countries.map(({ country }) => country)
  const authors = figures.reduce((sum, each) => sum + each.authors, 0)
  const parameters = parametersOf(result.query)
  return {
    title: 'Influencers',
    path: PATH,
    view,
    parameters: { ...parameters, page: undefined },
    body: html` ${estimatePattern} ${filterForm(view, result, codes)}
      <form action="/compare" method="get" id="compare">${request.hiddenPlace(view)}</form>
      <div class="bar">
        <p>${summary(result, authors)}</p>
        ${scoreLegend(result.rows.some(({ depth_method }) => depth_method === 'expected'))}
      </div>
      ${table({
        caption: 'Authors by influence',
        columns: columns({ view, result, trends }),
        rows: result.rows,
        empty: html`No author fits. <a href="${linkTo(view, PATH)}">Take the filters away</a>, or choose
          another term, window or slot.`,
      })}
      <div class="bar">
        ${pager(result, (page) => linkTo(view, PATH, { ...parameters, page }))}
        <p class="actions">
          <button form="compare" class="secondary">Compare the chosen</button>
          <a class="button secondary" href="${linkTo(view, '/influencers.csv', parameters)}" download>CSV</a>
          <a class="button secondary" href="${linkTo(view, '/influencers.json', parameters)}" download
            >JSON</a
          >
        </p>
      </div>`,
  }
}

function summary({ found, isCut, query, page }: InfluencersResult, authors: number): Markup {
  if (found === 0) return isCut ? html`Too many names begin so; type more of one.` : html`No author fits.`
  const first = (page - 1) * PAGE_ROWS + 1
  const last = Math.min(page * PAGE_ROWS, found)
  const all = isSelection(query) ? `more than ${whole(found)}` : whole(authors)
  return html`<strong>${whole(first)}–${whole(last)}</strong> of ${isCut ? all : whole(found)}
    authors${isCut ? html` <small>the first ${whole(found)} can be paged through</small>` : ''}`
}

interface Shown {
  readonly view: View
  readonly result: InfluencersResult
  readonly trends: Trends
}

function columns({ view, result, trends }: Shown): readonly Column<RankedAuthor>[] {
  const sorted = (sort: Sort) => sortOf(view, result.query, sort)
  return [
    {
      title: html`<span class="visually-hidden">Compare</span>`,
      cell: ({ author_id, rank }) =>
        html`<input
          type="checkbox"
          form="compare"
          name="author"
          value="${author_id}"
          aria-label="Compare number ${rank}"
        />`,
      yields: 2,
    },
    {
      title: '#',
      explained: 'Place in the ranking by influence',
      side: 'right',
      cell: ({ rank }) => whole(rank),
    },
    {
      title: html`<span class="visually-hidden">Movement</span>`,
      cell: (author) => movementOf(author, trends.earlier),
      yields: 1,
    },
    { title: 'Author', isHead: true, cell: (author) => authorCell(view, author) },
    {
      title: 'Influence',
      explained: '0 to 100: the weighted mean of four parts',
      sortedBy: sorted('influence'),
      cell: (author) =>
        html`<span class="score">${orUnknown(author.influence, tenth)}</span>${scoreBar(author)}`,
    },
    {
      title: 'Trend',
      explained: `Influence over the last ${TREND_SLOTS} slots`,
      cell: ({ author_id }) => sparkline(trends.of(author_id)),
      yields: 2,
    },
    {
      title: 'Retweets',
      explained: 'Distinct, observed',
      side: 'right',
      sortedBy: sorted('retweets'),
      cell: ({ retweets }) => compact(retweets),
      yields: 1,
    },
    {
      title: 'Favourites',
      explained: 'Sum of the last count of each tweet',
      side: 'right',
      sortedBy: sorted('favourites'),
      cell: ({ favourites }) => orUnknown(favourites, compact),
      yields: 3,
    },
    {
      title: 'Followers',
      explained: 'As last seen',
      side: 'right',
      sortedBy: sorted('followers'),
      cell: ({ followers }) => orUnknown(followers, compact),
      yields: 1,
    },
    {
      title: 'Passed on',
      explained: 'Non-primary retweets: from somebody other than the author',
      side: 'right',
      sortedBy: sorted('non_primary_retweets'),
      cell: (author) =>
        depthNumber(
          {
            value: author.non_primary_retweets,
            method: author.depth_method,
            low: author.non_primary_low,
            high: author.non_primary_high,
          },
          smallOrWhole,
        ),
      yields: 2,
    },
    {
      title: 'Depth',
      explained: 'Mean depth of the retweeters: 1 is from the author',
      side: 'right',
      sortedBy: sorted('mean_depth'),
      cell: (author) => depthNumber({ value: author.mean_depth, method: author.depth_method }, hundredth),
      yields: 3,
    },
    {
      title: 'Mood',
      side: 'right',
      sortedBy: sorted('sentiment'),
      cell: ({ sentiment }) => (sentiment === null ? unknown : moodCell(sentiment, moodOf(sentiment))),
      yields: 3,
    },
    { title: 'Country', cell: ({ country }) => countryCell(country), yields: 3 },
  ]
}

function sortOf(
  view: View,
  query: InfluencersQuery,
  sort: Sort,
): NonNullable<Column<RankedAuthor>['sortedBy']> {
  const isSorted = query.sort === sort
  const order = isSorted && query.order === 'desc' ? 'asc' : 'desc'
  const direction = query.order === 'desc' ? 'descending' : 'ascending'
  return {
    href: linkTo(view, PATH, parametersOf({ ...query, sort, order, page: 1 })),
    direction: isSorted ? direction : undefined,
  }
}
