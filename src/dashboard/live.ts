import { setTimeout } from 'node:timers/promises'

import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'

import type { DashboardEnv } from './app.ts'
import type { Metrics } from './metrics.ts'
import type { Snapshots } from './snapshots.ts'
import { newestRun, versionOf } from './view.ts'

interface LiveOptions {
  readonly snapshots: Snapshots
  readonly metrics: Metrics
  readonly signal: AbortSignal
}

const LOOK_EVERY_MS = 2_000
const TELL_EVERY_MS = 500
const SAY_SOMETHING_EVERY_MS = 20_000 // a proxy may end what is silent for half a minute
const MOST_READERS = 500
const TERMS_MADE_READY = 5

/**
 * `/events` tells readers that something was published, as soon as it can be shown. What most readers look at first is
 * read whether somebody listens or not, so that the first one does not wait for it.
 */
export function liveRoutes(app: Hono<DashboardEnv>, { snapshots, metrics, signal }: LiveOptions): void {
  let readers = 0
  let version = ''
  const keepReady = async (): Promise<void> => {
    while (!signal.aborted) {
      version = await readyVersion(snapshots).catch(() => version)
      await setTimeout(LOOK_EVERY_MS, undefined, { ref: false, signal }).catch(() => {})
    }
  }
  void keepReady()
  app.get('/events', (c) => {
    if (readers >= MOST_READERS) return c.text('too many readers; the page still works without news\n', 503)
    return streamSSE(c, async (stream) => {
      readers += 1
      metrics.liveReaders.set(readers)
      const { promise: over, resolve: end } = Promise.withResolvers<void>()
      stream.onAbort(end)
      signal.addEventListener('abort', () => end(), { once: true })
      let told = ''
      let saidAtMs = performance.now()
      try {
        while (!stream.aborted && !signal.aborted) {
          const newest = version
          const isSilent = performance.now() - saidAtMs > SAY_SOMETHING_EVERY_MS
          if (newest !== told) await stream.writeSSE({ event: 'published', data: newest })
          else if (isSilent) await stream.writeSSE({ event: 'alive', data: '' })
          if (newest !== told || isSilent) saidAtMs = performance.now()
          told = newest
          // Must not keep a process alive that is to end.
          await Promise.race([over, setTimeout(TELL_EVERY_MS, undefined, { ref: false })])
        }
      } finally {
        readers -= 1
        metrics.liveReaders.set(readers)
      }
    })
  })
}

/** The newest version, once what most readers look at first is at hand. */
async function readyVersion(snapshots: Snapshots): Promise<string> {
  const { runs } = await snapshots.published()
  const run = newestRun(runs)
  if (run) {
    const terms = (await snapshots.terms(run)).slice(0, TERMS_MADE_READY)
    for (const term of terms) {
      const key = { term, windowHours: run.window_hours, slotEnd: run.slot_end }
      await snapshots.ranking({ key, run })
      await snapshots.figures({ key, run })
    }
  }
  return versionOf(runs)
}
