import { stringify } from 'csv-stringify/sync'

import type { BudgetLine, BudgetReport } from './budget-report.ts'

/** The lines as CSV, RFC 4180; a text that a spreadsheet would take for a formula begins with an apostrophe. */
export function budgetCsv({ lines }: BudgetReport): string {
  const names = [
    'author',
    'author_id',
    'posts',
    'cost',
    'reach_added',
    'reach_cumulative',
    'shared',
    'reason',
  ] satisfies readonly (keyof BudgetLine)[]
  return stringify([...lines], { header: true, columns: names, escape_formulas: true })
}
