import type { Clock } from '../../clock.ts'
import { type JsonObject, parseObject } from '../../record/json.ts'

/** A query of Bluesky's public API, and how long to wait for its answer at most. */
export interface AppViewQuery {
  readonly method: string // app.bsky.actor.getProfiles
  readonly params: readonly (readonly [string, string])[]
  readonly withinMs: number
}

/** The answer; null where there was none in time. */
export type AppView = (query: AppViewQuery) => Promise<JsonObject | null>

export interface AppViewOptions {
  readonly baseUrl: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onOutage: (reason: string, retryInMs: number) => void
}

const AFTER_FAILURE_MS = 30_000
const AFTER_LIMIT_MS = 60_000 // where the answer does not say when the limit ends
const ANSWER_MS = 10_000
const TOO_MANY_REQUESTS = 429

/**
 * Asks Bluesky's public API. While it fails, or the limit is used up, it is left alone, and what is asked meanwhile
 * has no answer, unless the limit ends in time.
 *
 * @see https://docs.bsky.app/docs/advanced-guides/rate-limits
 */
export function appView({ baseUrl, clock, signal, onOutage }: AppViewOptions): AppView {
  let restsUntilMs = 0
  const rest = (untilMs: number, reason: string): null => {
    restsUntilMs = untilMs
    onOutage(reason, Math.max(0, untilMs - clock.now()))
    return null
  }
  return async ({ method, params, withinMs }) => {
    const restMs = restsUntilMs - clock.now()
    if (restMs > withinMs || withinMs <= 0 || signal.aborted) return null
    if (restMs > 0) await clock.sleep(restMs, signal)
    const url = new URL(`/xrpc/${method}`, baseUrl)
    for (const [name, value] of params) url.searchParams.append(name, value)
    const until = AbortSignal.any([signal, AbortSignal.timeout(Math.min(withinMs, ANSWER_MS))])
    try {
      const response = await fetch(url, { signal: until })
      const json = parseObject(await response.text())
      const resetMs = resetOf(response.headers)
      if (response.status === TOO_MANY_REQUESTS)
        return rest(resetMs ?? clock.now() + AFTER_LIMIT_MS, `${method}: too many requests`)
      if (!response.ok || json === null)
        return rest(clock.now() + AFTER_FAILURE_MS, `${method}: ${response.status}`)
      if (response.headers.get('ratelimit-remaining') === '0' && resetMs !== null) restsUntilMs = resetMs
      return json
    } catch {
      return signal.aborted ? null : rest(clock.now() + AFTER_FAILURE_MS, `${method}: no answer`)
    }
  }
}

/** Seconds since 1970 */
function resetOf(headers: Headers): number | null {
  const seconds = Number(headers.get('ratelimit-reset') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : null
}
