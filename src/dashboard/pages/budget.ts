import { html } from 'hono/html'

import { budgetCsv } from '../../budget/budget-csv.ts'
import type { BudgetReport, BudgetLine } from '../../budget/budget-report.ts'
import { readCostLines } from '../../budget/cost-lines.ts'
import { budgetParameters, budgetQuery, type BudgetQuery } from '../budget/budget-query.ts'
import { packCosts, unpackCosts } from '../budget/costs-in-address.ts'
import { planApart, type Planned } from '../budget/plan-apart.ts'
import { lineChart } from '../charts/line-chart.ts'
import type { Page } from '../layout/frame.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { compact, money, percent, shortest, whole } from '../layout/numbers.ts'
import { people } from '../layout/people-text.ts'
import { table } from '../layout/table.ts'
import { section, tiles } from '../layout/tiles.ts'
import { isoSeconds } from '../layout/time.ts'
import { authorLink, linkTo } from '../links.ts'
import { PageError } from '../page-error.ts'
import type { PageRequest } from '../page-request.ts'
import type { View } from '../view.ts'
import { budgetForms } from './budget-forms.ts'

const PATH = '/budget'

const words = {
  total: 'The budget of',
  mostPerAuthor: 'The limit for one author of',
  costs: 'The costs',
  seen: 'A share of',
  sayCosts: 'say what it costs above, or upload the costs',
} as const

/** A sum divided between authors, with its reasons and what more or less would bring. */
export async function budgetPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const query = request.parsed(budgetQuery)
  const planned = query.total === undefined ? undefined : await planOf(request, view, query)
  return {
    title: 'Budget',
    path: PATH,
    view,
    parameters: budgetParameters(query),
    body: html`${budgetForms(view, query)}${planned === undefined ? html`<p class="empty">Say what may be spent: the sum is divided between authors so that many readers see a post, each counted once.</p>` : resultOf(view, query, planned)}`,
  }
}

/** The lines of a plan as CSV. */
export async function budgetFile(request: PageRequest): Promise<string> {
  const planned = await planOf(request, await request.view(), request.parsed(budgetQuery))
  if ('problems' in planned) throw new PageError('bad_request', planned.problems)
  return `\uFEFF${budgetCsv(planned.report)}`
}

/**
 * Where a page with these costs is.
 * @throws BudgetError with a sentence for each line that cannot be used
 */
export async function budgetWithCosts(request: PageRequest, csv: string): Promise<string> {
  const view = await request.view()
  const query = request.parsed(budgetQuery)
  const costs = packCosts(readCostLines(csv, 'The file'))
  return linkTo(view, PATH, { ...budgetParameters({ ...query, costs, isCostAssumed: false }) })
}

async function planOf(request: PageRequest, view: View, query: BudgetQuery): Promise<Planned> {
  const lines = query.costs === undefined ? undefined : unpackCosts(query.costs)
  const name = `budget ${JSON.stringify({ ...budgetParameters(query) })}`
  return request.snapshots.derived(view, name, async () => {
    const authors = (await request.snapshots.ranking(view)).authors
    const names = lines && new Set(lines.map(({ author }) => author.toLowerCase()))
    const choice = names
      ? authors.filter(
          ({ author_id, screen_name }) =>
            names.has(author_id) || (screen_name !== null && names.has(screen_name.toLowerCase())),
        )
      : authors.slice(0, query.choice)
    const edges = await request.snapshots.amplifiers(
      view,
      choice.map(({ author_id }) => author_id),
    )
    const place = {
      slot: isoSeconds(view.run.slot_end),
      windowHours: view.run.window_hours,
      term: view.key.term,
    }
    const { costModel, isCostAssumed, seen: seenShare, total = 0, most = Number.MAX_SAFE_INTEGER } = query
    const toPlan = {
      ...place,
      totalCents: total,
      mostPerAuthorCents: most,
      seenShare,
      costModel,
      isCostAssumed,
    }
    return planApart({
      request: toPlan,
      words,
      authors: choice.map(({ author_id, screen_name, followers, tweets, retweets, retweeters }) => ({
        author_id,
        screen_name,
        followers,
        tweets,
        retweets,
        retweeters,
      })),
      edges: edges.map(({ amplifier_id, author_id, retweets, amplifier_followers }) => ({
        amplifier_id,
        author_id,
        retweets,
        amplifier_followers,
      })),
      lines,
    })
  })
}

function resultOf(view: View, query: BudgetQuery, planned: Planned): Markup {
  if ('problems' in planned)
    return html`<div class="notice warning" role="alert">
      <ul>
        ${planned.problems.map((problem) => html`<li>${problem}</li>`)}
      </ul>
    </div>`
  const { report } = planned
  return html` ${tiles([
      {
        name: 'Expected readers',
        value: html`<span class="estimate">≈ ${compact(report.expected_reach)}</span>`,
        note: 'see at least one post',
      },
      { name: 'Spent', value: money(report.spent), note: `of ${money(report.total)}` },
      { name: 'Left', value: money(report.unspent), note: report.unspent_because ?? 'nothing' },
      {
        name: 'A thousand readers',
        value: report.expected_reach > 0 ? money((report.spent / report.expected_reach) * 1000) : '–',
        note: 'cost',
      },
      {
        name: 'Authors',
        value: whole(report.lines.length),
        note: `${whole(report.lines.reduce((sum, { posts }) => sum + posts, 0))} posts`,
      },
    ])}
    ${section('Who gets what', lines(view, report), html`<a class="button secondary" href="${linkTo(view, '/budget.csv', budgetParameters(query))}" download>CSV</a>`)}
    <div class="columns">
      ${section('More or less money', curveOf(planned))}
      ${section(
        'What to know',
        html`<ul class="plain-list">
            ${report.notes.map((note) => html`<li>${note}</li>`)}
          </ul>
          ${leftOut(report)}`,
      )}
    </div>`
}

const lines = (view: View, report: BudgetReport): Markup =>
  table<BudgetLine>({
    caption: 'Who gets what',
    rows: report.lines,
    isCompact: true,
    empty: 'Nobody: no post adds a reader for this money.',
    columns: [
      {
        title: 'Author',
        isHead: true,
        cell: ({ author, author_id }) =>
          html`<a class="author" href="${authorLink(view, author_id)}">${people(author, 30)}</a>`,
      },
      { title: 'Posts', side: 'right', cell: ({ posts }) => whole(posts) },
      { title: 'Cost', side: 'right', cell: ({ cost }) => money(cost) },
      {
        title: 'Readers added',
        explained: 'Whom the lines above do not reach',
        side: 'right',
        cell: ({ reach_added }) => html`<span class="estimate">≈ ${compact(reach_added)}</span>`,
      },
      {
        title: 'All so far',
        side: 'right',
        cell: ({ reach_cumulative }) => html`<span class="estimate">≈ ${compact(reach_cumulative)}</span>`,
        yields: 1,
      },
      {
        title: 'Shared',
        explained: 'Of its readers whom the lines above reach already',
        side: 'right',
        cell: ({ shared }) => percent(shared * 100),
        yields: 2,
      },
      {
        title: 'Why',
        cell: ({ reason }) => html`<span class="reason">${people(reason, 240)}</span>`,
        yields: 2,
      },
    ],
  })

function curveOf({ curve, report }: Extract<Planned, { readonly report: BudgetReport }>): Markup {
  const chart = lineChart({
    label: 'Expected readers by money spent',
    fromZero: true,
    hasDots: false,
    format: shortest,
    formatX: (cents) => money(cents / 100),
    mark: { x: report.spent * 100, title: `${money(report.spent)} spent` },
    series: [
      {
        colour: 0,
        points: thinned(curve).map(({ spentCents, reach }) => ({ x: spentCents, y: reach, title: '' })),
      },
    ],
  })
  return html`${chart}
    <p class="explained">
      Expected readers against money up to twice the budget, a post after the other; the upright line is what
      this plan spends.
    </p>`
}

const MOST_POINTS = 120

/** Enough points for a line; the last stays. */
function thinned<Item>(items: readonly Item[]): readonly Item[] {
  const step = Math.ceil(items.length / MOST_POINTS)
  return items.filter((_, index) => index % step === 0 || index === items.length - 1)
}

const NAMED = 20

function leftOut({ unknown_authors }: BudgetReport): Markup {
  if (unknown_authors.length === 0) return nothing
  const more = unknown_authors.length - NAMED
  return html`<p class="explained">
    Left out, as they have no price or are not among the authors of the slot:
    ${unknown_authors.slice(0, NAMED).map((author, index) => html`${index > 0 ? ', ' : ''}${people(author, 30)}`)}${more > 0 ? ` and ${whole(more)} more` : ''}.
  </p>`
}
