import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'

import type { Reader } from '../store/reading/reader.ts'
import { serveAssets, type Assets } from './assets.ts'
import { errorPage, statusOf } from './error-page.ts'
import { dense } from './layout/dense.ts'
import { isStale } from './layout/freshness.ts'
import { framed, type Page } from './layout/frame.ts'
import { fileRoutes } from './file-routes.ts'
import { liveRoutes } from './live.ts'
import { createMetrics } from './metrics.ts'
import { PageError } from './page-error.ts'
import { pageRequest, type PageRequest } from './page-request.ts'
import { authorPage } from './pages/author.ts'
import { budgetPage } from './pages/budget.ts'
import { comparePage } from './pages/compare.ts'
import { influencersPage } from './pages/influencers.ts'
import { mapPage } from './pages/map.ts'
import { networkPage } from './pages/network.ts'
import { overviewPage } from './pages/overview.ts'
import { runsPage } from './pages/runs.ts'
import { topicsPage } from './pages/topics.ts'
import { requireLogin, loginRoutes, type Access } from './safety/access.ts'
import { onlyOwnHosts, safeHeaders, sameOriginForms } from './safety/requests.ts'
import { renderer } from './rendered.ts'
import { Snapshots } from './snapshots.ts'

/** What a handler finds beside its request. */
export interface DashboardEnv {
  readonly Variables: { user: string | undefined }
}

export interface DashboardOptions {
  readonly reader: Reader
  readonly assets: Assets
  /** Who may see it; undefined where everybody who reaches it may. */
  readonly access?: Access | undefined
  /** Names of hosts that requests may be for, without ports; undefined where any will do. */
  readonly hosts?: ReadonlySet<string> | undefined
  readonly nowMs?: () => number
  /** What an hour of computing costs. */
  readonly pricePerHour?: number | undefined
  /** Told of what readers only hear of as an apology. */
  readonly onError: (error: unknown, path: string) => void
  /** Ends live updates. */
  readonly signal: AbortSignal
}

const MOST_UPLOAD_BYTES = 1_000_000
const RUNS_KEPT_MS = 5_000 // the page of runs also shows what is not published

const pages: Readonly<Record<string, (request: PageRequest) => Promise<Page>>> = {
  '/': overviewPage,
  '/influencers': influencersPage,
  '/authors/:id': authorPage,
  '/compare': comparePage,
  '/network': networkPage,
  '/topics': topicsPage,
  '/map': mapPage,
  '/budget': budgetPage,
  '/runs': runsPage,
}

/** The dashboard as one function from a request to its answer. */
export function createDashboard(options: DashboardOptions): Hono<DashboardEnv> {
  const { reader, assets, access, onError, signal, pricePerHour, nowMs = Date.now } = options
  const snapshots = new Snapshots(reader, nowMs)
  const services = { reader, snapshots, nowMs, pricePerHour }
  const metrics = createMetrics()
  const rendered = renderer()
  const app = new Hono<DashboardEnv>()

  app.use(metrics.middleware)
  app.use(safeHeaders)
  if (options.hosts) app.use(onlyOwnHosts(options.hosts))
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    await reader.publishedSlots({ limit: 1 })
    return c.text('ready\n')
  })
  serveAssets(app, assets)
  app.use(sameOriginForms)
  app.use(bodyLimit({ maxSize: MOST_UPLOAD_BYTES, onError: tooLarge }))
  if (access) {
    loginRoutes(app, access, { assets: assets.paths })
    app.use(requireLogin(access))
  }
  app.get('/metrics', metrics.handler)
  liveRoutes(app, { snapshots, metrics, signal })
  app.use(compress())
  const requestOf = (c: Context<DashboardEnv>): PageRequest =>
    pageRequest({ services, queries: c.req.queries(), id: c.req.param('id') ?? '' })
  const frameOf = (c: Context<DashboardEnv>) => ({ assets: assets.paths, user: c.get('user') })
  const answered = (c: Context<DashboardEnv>, page: Page) => c.html(dense(framed(page, frameOf(c))))
  for (const [path, page] of Object.entries(pages)) {
    app.get(path, async (c) => {
      const { runs, edition } = await snapshots.published()
      const now = nowMs()
      const unpublished = path === '/runs' ? Math.floor(now / RUNS_KEPT_MS) : ''
      const look = {
        address: c.req.url.slice(c.req.url.indexOf('/', 'https://'.length)),
        edition: `${edition} ${isStale(runs, now)} ${unpublished}`,
        user: c.get('user'),
      }
      return rendered(c, look, async () => dense(framed(await page(requestOf(c)), frameOf(c))))
    })
  }
  fileRoutes(app, requestOf)
  app.notFound((c) => {
    c.status(404)
    return answered(c, errorPage(new PageError('not_found', 'There is no such page.')))
  })
  app.onError((error, c) => {
    const status = c.req.path === '/readyz' ? 503 : statusOf(error)
    if (status >= 500) onError(error, c.req.path)
    c.status(status)
    return c.req.path === '/readyz' ? c.text('not ready\n') : answered(c, errorPage(error))
  })
  return app
}

function tooLarge(): never {
  throw new PageError('too_large', 'A file may have 1 MB at most.')
}
