import { Worker } from 'node:worker_threads'

import type { CurvePoint } from '../../budget/allocate.ts'
import type { BudgetReport } from '../../budget/budget-report.ts'
import type { BudgetInput } from '../../budget/plan-budget.ts'
import { oneByOne } from '../one-by-one.ts'
import { PageError } from '../page-error.ts'

/** A plan with its curve, or why there is none. */
export type Planned =
  | { readonly report: BudgetReport; readonly curve: readonly CurvePoint[] }
  | { readonly problems: readonly string[] }

const LONGEST_MS = 10_000
/** Beside this file, or beside the bundle: scripts/build.mjs. */
const WORKER = import.meta.url.endsWith('.ts') ? './plan-worker.ts' : './plan-worker.mjs'

const inTurn = oneByOne({ mostWaiting: 20, isBusy: 'Many budgets are being planned; try again in a minute.' })

/**
 * Plans a budget in a thread of its own, one after the other, so that nobody else waits for the sums.
 * @throws PageError `busy` where too many wait, or it takes too long
 */
export const planApart = (input: BudgetInput): Promise<Planned> => inTurn(() => inThread(input))

function inThread(input: BudgetInput): Promise<Planned> {
  const { promise, resolve, reject } = Promise.withResolvers<Planned>()
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: input })
  const timer = setTimeout(() => {
    reject(
      new PageError(
        'busy',
        'This budget takes too long to plan; choose among fewer authors, or raise what a post costs.',
      ),
    )
    void worker.terminate()
  }, LONGEST_MS)
  worker.once('message', resolve)
  worker.once('error', reject)
  return promise.finally(() => clearTimeout(timer))
}
