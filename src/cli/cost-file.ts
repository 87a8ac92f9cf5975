import { readFile } from 'node:fs/promises'

import { readCostLines, type CostLine } from '../budget/cost-lines.ts'
import { ConfigError } from './config-error.ts'

/**
 * Reads what a post of each author costs from a file that `--costs` names.
 * @throws ConfigError where there is no such file; BudgetError with a sentence for each line that cannot be used
 */
export async function readCostFile(path: string): Promise<readonly CostLine[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`--costs ${path} cannot be read; name a CSV file`, { cause })
  })
  return readCostLines(text, `--costs ${path}`)
}
