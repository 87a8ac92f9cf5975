import { type CollectOptions, collectRecord } from '../../record/collect-record.ts'
import { type Included, includedIn, tweetFromXV2 } from '../../record/from-x-v2.ts'
import { type JsonObject, known, objectOf, parseObject } from '../../record/json.ts'
import { refusal } from '../../refusal.ts'
import { SourceError } from '../../source-error.ts'
import type { CollectedRecord, SourceOptions } from '../../source.ts'
import { startBackOff } from './back-off.ts'
import { FIELDS } from './fields.ts'
import { persistently } from './persistently.ts'
import { type SearchStart, recentSearch } from './recent-search.ts'
import { isForRule } from './rules.ts'
import type { Spending } from './spending.ts'
import { streamLines } from './stream-lines.ts'
import { type XApi, XFailure, sentenceOf } from './x-api.ts'

const MINUTE_MS = 60_000

export interface Following extends SourceOptions {
  readonly api: XApi
  readonly rule: { readonly id: string; readonly value: string }
  readonly start: SearchStart | null // what to search for before the stream
  readonly spending: Spending
  readonly backfillMinutes: number
  readonly silenceMs: number
  readonly collecting: CollectOptions & { readonly clock: Persistent['clock'] }
}
type Persistent = Parameters<typeof persistently>[1]

/** How far it came: the newest post's id, and when the stream was last heard. */
interface Progress {
  newestId: string | null
  heardAtMs: number | null
}

/**
 * The posts of the filtered stream, connected anew by X's rules whenever it ends. What came while there was no
 * connection is searched for once there is one again, or delivered by X where the account may ask for it.
 */
export async function* followStream(following: Following): AsyncGenerator<CollectedRecord> {
  const { signal, onEvent, spending, collecting } = following
  const backOff = startBackOff()
  const persistence = { clock: collecting.clock, signal, onEvent, backOff }
  const progress: Progress = { newestId: null, heardAtMs: null }
  while (!signal.aborted && spending.left() > 0) {
    const connectedAtMs = collecting.now()
    const response = await persistently(() => connect(following, progress), persistence)
    if (response === null) return
    onEvent({ kind: 'connected', detail: `X's filtered stream, rule ${following.rule.value}` })
    yield* missedPosts(following, progress)
    progress.heardAtMs ??= connectedAtMs
    const ending = yield* streamedPosts(following, { response, progress, onHeard: backOff.afterSuccess })
    if (signal.aborted || spending.left() <= 0) return
    const retryInMs = ending.wasHeard ? 0 : backOff.afterFailure(ending.kind)
    onEvent({ kind: 'disconnected', reason: ending.reason, retryInMs })
    if (retryInMs > 0) await collecting.clock.sleep(retryInMs, signal)
  }
}

function connect({ api, signal, backfillMinutes, silenceMs }: Following, { heardAtMs }: Progress) {
  const isAgain = heardAtMs !== null
  const params = {
    ...FIELDS,
    ...(isAgain && backfillMinutes > 0 && { backfill_minutes: String(backfillMinutes) }),
  }
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), silenceMs)
  const call = { path: '/2/tweets/search/stream', params, signal: AbortSignal.any([signal, patience.signal]) }
  return api(call).finally(() => clearTimeout(timer))
}

/** What the stream cannot give: posts since the start that was asked for, or since the last one before a break. */
async function* missedPosts(following: Following, progress: Progress): AsyncGenerator<CollectedRecord> {
  const { heardAtMs, newestId } = progress
  const { backfillMinutes, collecting, onEvent, rule, spending } = following
  const isBackfilled = heardAtMs !== null && collecting.now() - heardAtMs < backfillMinutes * MINUTE_MS
  if (isBackfilled) return
  const since = heardAtMs === null ? following.start : { sinceMs: heardAtMs }
  const start = heardAtMs !== null && newestId !== null ? { afterId: newestId } : since
  if (start === null) return
  const search = { ...following, clock: collecting.clock, query: rule.value, start, postsLeft: spending.left }
  try {
    for await (const { posts, included } of recentSearch(search)) {
      // The newest come first: until all have come, one can only go on from where one was.
      const position = heardAtMs === null ? following.after : newestId
      for (const data of posts)
        yield* collectedPost(following, { data: objectOf(data), included, progress, position })
    }
  } catch (error) {
    // An account without search still has the stream, unless the search was asked for.
    if (heardAtMs === null || !(error instanceof SourceError)) throw error
    onEvent({
      kind: 'disconnected',
      reason: `what was missed cannot be searched: ${error.message}`,
      retryInMs: 0,
    })
  }
}

interface Ending {
  readonly kind: 'network' | 'http'
  readonly reason: string
  readonly wasHeard: boolean // anything, be it a heartbeat
}

interface Connection {
  readonly response: Response
  readonly progress: Progress
  readonly onHeard: () => void
}

async function* streamedPosts(
  following: Following,
  { response, progress, onHeard }: Connection,
): AsyncGenerator<CollectedRecord, Ending> {
  const { collecting, spending, silenceMs, signal } = following
  let wasHeard = false
  try {
    for await (const text of streamLines(response, silenceMs)) {
      const line = text === '' ? {} : parseObject(text)
      if (line !== null && 'errors' in line && objectOf(line['data']) === null)
        return { kind: 'http', reason: `X ends the stream: ${sentenceOf(line)}`, wasHeard: false }
      ;[wasHeard, progress.heardAtMs] = [true, collecting.now()]
      onHeard()
      if (text !== '') yield* postOfLine(following, { text, line, progress })
      if (spending.left() <= 0 || signal.aborted) break
    }
  } catch (error) {
    if (!(error instanceof XFailure)) throw error
    return { kind: 'network', reason: error.message, wasHeard }
  }
  return { kind: 'network', reason: 'X ended the connection', wasHeard }
}

interface Line {
  readonly text: string
  readonly line: JsonObject | null
  readonly progress: Progress
}

function* postOfLine(following: Following, { text, line, progress }: Line): Generator<CollectedRecord> {
  const data = objectOf(line?.['data'])
  if (line === null || data === null) {
    const reason = line === null ? 'not one whole JSON object' : 'a line of the stream without a post'
    following.onEvent({ kind: 'received' })
    following.onEvent(refusal(reason, text))
    return
  }
  if (!isForRule(line, following.rule.id)) {
    following.spending.count() // billed, though it came for the rule of somebody else
    following.onEvent({ kind: 'received' })
    return
  }
  const included = includedIn(line['includes'])
  yield* collectedPost(following, { data, included, progress, position: known(data['id']) })
}

interface Post {
  readonly data: JsonObject | null
  readonly included: Included
  readonly progress: Progress
  readonly position: string | null
}

function* collectedPost(
  following: Following,
  { data, included, progress, position }: Post,
): Generator<CollectedRecord> {
  following.onEvent({ kind: 'received' })
  if (data === null) return
  following.spending.count()
  const text = JSON.stringify(data)
  const tweet = tweetFromXV2(data, included)
  const reading = { is: 'tweet', tweet } as const
  const outcome = collectRecord({ reading, text }, { ...following.collecting, position })
  if (outcome.is === 'refused') {
    following.onEvent(refusal(outcome.reason, text))
    return
  }
  if (isNewer(outcome.record.tweetId, progress.newestId)) progress.newestId = outcome.record.tweetId
  yield outcome.record
}

const isNewer = (id: string, than: string | null): boolean =>
  than === null || id.length > than.length || (id.length === than.length && id > than)
