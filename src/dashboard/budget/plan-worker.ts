import { parentPort, workerData } from 'node:worker_threads'

import { spendCurve } from '../../budget/allocate.ts'
import { BudgetError } from '../../budget/budget-error.ts'
import { planBudget, type BudgetInput } from '../../budget/plan-budget.ts'
import type { Planned } from './plan-apart.ts'

// Structured clones of what `planApart` was given.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const input = workerData as BudgetInput

function planned(): Planned {
  try {
    const { report, candidates, budget } = planBudget(input)
    const doubled = { ...budget, totalCents: budget.totalCents * 2 }
    return { report, curve: spendCurve(candidates, doubled) }
  } catch (error) {
    if (error instanceof BudgetError) return { problems: error.problems }
    throw error
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(planned())
