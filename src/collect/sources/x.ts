import { type Clock, systemClock } from '../clock.ts'
import type { Mood } from '../record/collect-record.ts'
import { vaderMood } from '../sentiment/mood.ts'
import { SourceError } from '../source-error.ts'
import type { Source, SourceOptions } from '../source.ts'
import { followStream } from './x/follow-stream.ts'
import { persistently } from './x/persistently.ts'
import type { SearchStart } from './x/recent-search.ts'
import { postsLeft, removeRules, ruleFor, setRule } from './x/rules.ts'
import { startSpending } from './x/spending.ts'
import { type XApi, xApi } from './x/x-api.ts'

export interface XOptions {
  readonly token: string // of an app: https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
  readonly rule?: string // in X's language; the term as a phrase without it
  readonly since?: Date // also what was posted since then, up to seven days ago
  readonly maxPosts?: number // that X may bill in this run
  readonly dollarsPerPost?: number
  readonly backfillMinutes?: number // 1 to 5 where the account may ask for it
  readonly baseUrl?: string
  readonly silenceMs?: number
  readonly mood?: Mood
  readonly clock?: Clock
}

/** Pay-per-use, as of August 2026: https://docs.x.com/x-api/getting-started/pricing */
const X_DOLLARS_PER_POST = 0.005

const DEFAULTS = {
  baseUrl: 'https://api.x.com',
  maxPosts: Infinity,
  dollarsPerPost: X_DOLLARS_PER_POST,
  backfillMinutes: 0,
  silenceMs: 25_000, // a heartbeat comes every 20 s
  clock: systemClock,
}

const ANSWER_MS = 30_000
const FAREWELL_MS = 5_000

/**
 * Posts of X as they are made, by the filtered stream of the API v2: sets a rule, and removes it in the end. A position
 * is a post's id; going on after one searches the last seven days. Ends when as many posts were read as may be.
 * @throws SourceError `access_denied` if X does not take the token or has no posts left, `bad_options` if it does not
 *   take the rule; everything else is tried again for as long as it takes
 */
export function xSource(options: XOptions): Source {
  const { token, baseUrl, backfillMinutes, maxPosts, dollarsPerPost, silenceMs, clock } = {
    ...DEFAULTS,
    ...options,
  }
  const { rule, since, mood = vaderMood() } = options
  if (!Number.isInteger(backfillMinutes) || backfillMinutes < 0 || backfillMinutes > 5)
    throw new SourceError(`X delivers up to 5 minutes again, not ${backfillMinutes}`, { code: 'bad_options' })
  const api = xApi({ token, baseUrl })
  return async function* posts(source: SourceOptions) {
    const { term, after, signal, onEvent } = source
    const value = rule ?? ruleFor(term)
    const calls = { api, clock, signal, onEvent }
    const ruleId = await withAnswer(calls, (until) =>
      setRule(api, { value, tag: `ripplerank: ${term}` }, until),
    )
    if (ruleId === null) return
    try {
      const left =
        (await withAnswer(calls, (until) => postsLeft(api, until)).catch(unlessUnknown)) ?? Infinity
      if (left <= 0) throw new SourceError('this month has no posts of X left', { code: 'access_denied' })
      yield* followStream({
        ...source,
        api,
        backfillMinutes,
        silenceMs,
        rule: { id: ruleId, value },
        start: startOf(after, since),
        spending: startSpending({ dollarsPerPost, maxPosts: Math.min(maxPosts, left) }, onEvent),
        collecting: { term, mood, position: null, now: clock.now, clock },
      })
    } finally {
      await removeRules(api, [ruleId], AbortSignal.timeout(FAREWELL_MS)).catch(() => undefined)
    }
  }
}

interface Calls extends Pick<SourceOptions, 'signal' | 'onEvent'> {
  readonly api: XApi
  readonly clock: Clock
}

const withAnswer = <T>(calls: Calls, call: (until: AbortSignal) => Promise<T>): Promise<T | null> =>
  persistently(() => call(AbortSignal.any([calls.signal, AbortSignal.timeout(ANSWER_MS)])), calls)

/** Not every account may ask how many posts it has left. */
function unlessUnknown(error: unknown): null {
  if (error instanceof SourceError) return null
  throw error
}

function startOf(after: string | null, since: Date | undefined): SearchStart | null {
  if (after !== null) return { afterId: after }
  return since === undefined ? null : { sinceMs: since.getTime() }
}
