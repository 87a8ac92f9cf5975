import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'

import { BudgetError } from './budget-error.ts'
import { centsOf } from './money.ts'

/** What one line of a costs file says. */
export interface CostLine {
  /** An id or a screen name, without the @. */
  readonly author: string
  readonly costCents: number
  /** From 1, the header's. */
  readonly line: number
}

const rows = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
)

/**
 * Reads what a post of each author costs: CSV with a header that names the columns `author` and `cost`, separated by comma,
 * semicolon or tab, as spreadsheets write it.
 * @param name what the text is called in errors
 * @throws BudgetError with a sentence for each line that cannot be used
 */
export function readCostLines(text: string, name: string): readonly CostLine[] {
  const parsed = rows.parse(recordsOf(name, text))
  const [first] = parsed
  if (first && !('author' in first.record && 'cost' in first.record)) {
    throw new BudgetError(`${name} has no columns author and cost; its first line must name them`)
  }
  const problems: string[] = []
  const lines = parsed.flatMap(({ record, info: { lines: line } }): readonly CostLine[] => {
    const author = (record['author'] ?? '').trim().replace(/^@/, '')
    const costCents = centsOf(record['cost'] ?? '')
    if (author === '') problems.push(`${name}, line ${line}: no author`)
    else if (costCents === undefined || costCents === 0)
      problems.push(
        `${name}, line ${line}: the cost ${JSON.stringify(record['cost'])} is not an amount above 0 with at most two decimals`,
      )
    else return [{ author, costCents, line }]
    return []
  })
  if (problems.length > 0) throw new BudgetError(problems)
  if (lines.length === 0) throw new BudgetError(`${name} names no author`)
  return lines
}

function recordsOf(name: string, text: string): unknown {
  try {
    return parse(text, {
      bom: true,
      columns: (names: readonly string[]) => names.map((title) => title.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      info: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error ? `, line ${String(error['lines'])}` : ''
    throw new BudgetError(`${name}${line}: ${error.message}`, { cause: error })
  }
}
