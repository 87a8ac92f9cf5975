import type { BudgetLine, BudgetReport } from '../budget/budget-report.ts'
import { cutToWidth, printable } from './display-width.ts'
import { formatScore, formatWhole } from './number-format.ts'
import { tableOf, type Column } from './text-table.ts'

const NAME_WIDTH = 28
const NAMED_UNKNOWN = 20

const columns: readonly Column<BudgetLine>[] = [
  { title: 'author', side: 'left', cell: ({ author }) => cutToWidth(printable(author), NAME_WIDTH) },
  { title: 'posts', side: 'right', cell: ({ posts }) => formatWhole(posts) },
  { title: 'cost', side: 'right', cell: ({ cost }) => formatScore(cost) },
  { title: 'readers added', side: 'right', cell: (line) => formatWhole(line.reach_added) },
  { title: 'all so far', side: 'right', cell: (line) => formatWhole(line.reach_cumulative) },
  { title: 'why', side: 'left', cell: ({ reason }) => printable(reason) },
]

/** The budget as a table for people; below it what was not spent and what the model does not know. */
export function budgetText(report: BudgetReport): string {
  const { slot, windowHours, term, total, spent, unspent, lines, notes } = report
  const title = `Slot ${slot}, ${formatWhole(windowHours)} h, ${printable(term)}`
  const sums = `${formatScore(spent)} of ${formatScore(total)} spent: ${formatWhole(report.expected_reach)} expected readers`
  const left = unspent > 0 ? `\n${formatScore(unspent)} is left: ${report.unspent_because}.` : ''
  return `${title}\n${sums}\n\n${tableOf(columns, lines)}${left}\n${unknownOf(report.unknown_authors)}${notes.map((note) => `- ${note}\n`).join('')}`
}

function unknownOf(authors: readonly string[]): string {
  if (authors.length === 0) return ''
  const named = authors.slice(0, NAMED_UNKNOWN).map(printable).join(', ')
  const more =
    authors.length > NAMED_UNKNOWN ? ` and ${formatWhole(authors.length - NAMED_UNKNOWN)} more` : ''
  return `Left out, as they have no price or are not in the slot: ${named}${more}\n`
}
