import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What Prometheus is told of the dashboard. */
export interface Metrics {
  readonly middleware: MiddlewareHandler
  readonly handler: (c: Context) => Promise<Response>
  /** Readers who are told of new slots. */
  readonly liveReaders: Gauge
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5]

/** Counts and times requests by route, so that names of authors make no series of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Counter({
    name: 'ripplerank_dashboard_requests_total',
    help: 'Requests by route and status',
    labelNames: ['route', 'status'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'ripplerank_dashboard_request_seconds',
    help: 'Time to an answer by route',
    labelNames: ['route'] as const,
    buckets: SECONDS,
    registers,
  })
  const liveReaders = new Gauge({
    name: 'ripplerank_dashboard_live_readers',
    help: 'Readers who are told of new slots',
    registers,
  })
  return {
    liveReaders,
    middleware: async (c, next) => {
      const startedAt = performance.now()
      await next()
      const route = routePath(c, -1)
      requests.inc({ route, status: String(c.res.status) })
      seconds.observe({ route }, (performance.now() - startedAt) / 1000)
    },
    handler: async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  }
}
