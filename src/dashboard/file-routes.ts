import type { Context, Hono } from 'hono'

import { BudgetError } from '../budget/budget-error.ts'
import type { DashboardEnv } from './app.ts'
import { PageError } from './page-error.ts'
import type { PageRequest } from './page-request.ts'
import { budgetFile, budgetWithCosts } from './pages/budget.ts'
import { influencersCsv, influencersJson } from './pages/influencers-export.ts'

const MOST_PROBLEMS = 20

/** What pages give to take away, and the file of costs that one takes. */
export function fileRoutes(
  app: Hono<DashboardEnv>,
  requestOf: (c: Context<DashboardEnv>) => PageRequest,
): void {
  app.get('/influencers.csv', async (c) =>
    c.body(await influencersCsv(requestOf(c)), 200, csvFile('influencers.csv')),
  )
  app.get('/influencers.json', async (c) => c.json(await influencersJson(requestOf(c))))
  app.get('/budget.csv', async (c) => c.body(await budgetFile(requestOf(c)), 200, csvFile('budget.csv')))
  app.post('/budget', async (c) => {
    const { file } = await c.req.parseBody()
    if (!(file instanceof File) || file.size === 0)
      throw new PageError('bad_request', 'Choose a CSV file first.')
    const text = await file.text()
    try {
      return c.redirect(await budgetWithCosts(requestOf(c), text), 303)
    } catch (error) {
      if (error instanceof BudgetError)
        throw new PageError('bad_file', error.problems.slice(0, MOST_PROBLEMS))
      throw error
    }
  })
}

const csvFile = (name: string): Record<string, string> => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}"`,
})
