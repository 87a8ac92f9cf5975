import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'

import type { Reader } from '../store/reading/reader.ts'
import { serveAssets, type Assets } from './assets.ts'
import { errorPage, statusOf } from './error-page.ts'
import { framed, type Page } from './layout/frame.ts'
import { liveRoutes } from './live.ts'
import { createMetrics } from './metrics.ts'
import { PageError } from './page-error.ts'
import { pageRequest, type PageRequest } from './page-request.ts'
import { authorPage } from './pages/author.ts'
import { influencersCsv, influencersJson } from './pages/influencers-export.ts'
import { influencersPage } from './pages/influencers.ts'
import { overviewPage } from './pages/overview.ts'
import { requireLogin, loginRoutes, type Access } from './safety/access.ts'
import { onlyOwnHosts, safeHeaders, sameOriginForms } from './safety/requests.ts'
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

const pages: Readonly<Record<string, (request: PageRequest) => Promise<Page>>> = {
  '/': overviewPage,
  '/influencers': influencersPage,
  '/authors/:id': authorPage,
}

/** The dashboard as one function from a request to its answer. */
export function createDashboard(options: DashboardOptions): Hono<DashboardEnv> {
  const { reader, assets, access, onError, signal, nowMs = Date.now } = options
  const snapshots = new Snapshots(reader, nowMs)
  const services = { reader, snapshots, nowMs }
  const metrics = createMetrics()
  const app = new Hono<DashboardEnv>()
  const frameOptions = { assets: assets.paths, nowMs }

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
  app.use(
    bodyLimit({
      maxSize: MOST_UPLOAD_BYTES,
      onError: () => {
        throw new PageError('too_large', 'A file may have 1 MB at most.')
      },
    }),
  )
  if (access) {
    loginRoutes(app, access, frameOptions)
    app.use(requireLogin(access))
  }
  app.get('/metrics', metrics.handler)
  liveRoutes(app, { snapshots, metrics, signal })
  app.use(compress())
  for (const [path, page] of Object.entries(pages)) {
    app.get(path, async (c) => {
      const request = pageRequest({ services, queries: c.req.queries(), id: c.req.param('id') ?? '' })
      return c.html(
        framed(await page(request), { assets: assets.paths, user: c.get('user'), nowMs: nowMs() }),
      )
    })
  }
  app.get('/influencers.csv', async (c) => {
    const request = pageRequest({ services, queries: c.req.queries(), id: '' })
    return c.body(
      await influencersCsv(request),
      200,
      fileHeaders('influencers.csv', 'text/csv; charset=utf-8'),
    )
  })
  app.get('/influencers.json', async (c) => {
    const request = pageRequest({ services, queries: c.req.queries(), id: '' })
    return c.json(await influencersJson(request))
  })
  app.notFound((c) =>
    c.html(
      framed(errorPage(new PageError('not_found', 'There is no such page.')), {
        ...frameOptions,
        user: c.get('user'),
        nowMs: nowMs(),
      }),
      404,
    ),
  )
  app.onError((error, c) => {
    const status = statusOf(error)
    if (status >= 500) onError(error, c.req.path)
    if (c.req.path === '/readyz') return c.text('not ready\n', 503)
    return c.html(framed(errorPage(error), { ...frameOptions, user: c.get('user'), nowMs: nowMs() }), status)
  })
  return app
}

const fileHeaders = (name: string, type: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
})
