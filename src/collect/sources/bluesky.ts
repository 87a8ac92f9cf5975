import { type Clock, systemClock } from '../clock.ts'
import { type Mood, type Outcome, collectRecord } from '../record/collect-record.ts'
import { LIKE, POST, REPOST } from '../record/from-jetstream.ts'
import { type JsonObject, known, parseObject } from '../record/json.ts'
import type { Reading } from '../record/reading.ts'
import { refusal } from '../refusal.ts'
import { vaderMood } from '../sentiment/mood.ts'
import { SourceError } from '../source-error.ts'
import type { CollectedRecord, Source, SourceOptions } from '../source.ts'
import { appView } from './bluesky/app-view.ts'
import { type LookUps, complete } from './bluesky/complete.ts'
import { connectionLots } from './bluesky/connection-lots.ts'
import { foundPosts } from './bluesky/found-posts.ts'
import { postLookUp, profileLookUp } from './bluesky/look-ups.ts'
import { type Matched, startMatching } from './bluesky/match-events.ts'
import { matchesTerm } from './bluesky/matches-term.ts'

export interface BlueskyOptions {
  readonly postsFile?: string // keeps which posts hold the term, for the next run; one file a term
  readonly jetstreamUrl?: string
  readonly appViewUrl?: string
  readonly lookUpMs?: number // how long a record waits at most for what is looked up
  readonly lotMs?: number // for how long events are gathered, so that look-ups are few
  readonly silenceMs?: number
  readonly mood?: Mood
  readonly clock?: Clock
}

const DEFAULTS = {
  jetstreamUrl: 'wss://jetstream2.us-east.bsky.network/subscribe',
  appViewUrl: 'https://public.api.bsky.app',
  lookUpMs: 10_000,
  lotMs: 1_000,
  silenceMs: 30_000, // hundreds of events come each second
  clock: systemClock,
}

const REWIND_US = 5_000_000 // events near a break may come in another order
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000

/**
 * Posts of Bluesky that hold the term, and what spreads or likes them, from Jetstream. Followers are looked up; what
 * cannot be in time is unknown. A position is Jetstream's time of an event; going on after one begins a few seconds
 * before it, and repeats are harmless. What breaks is tried again for as long as it takes.
 *
 * @see https://github.com/bluesky-social/jetstream
 */
export function blueskySource(options: BlueskyOptions = {}): Source {
  const settings = { ...DEFAULTS, ...options }
  const { clock, appViewUrl, postsFile, mood = vaderMood() } = settings
  return async function* events(source: SourceOptions) {
    const { term, after, signal, onEvent } = source
    if (after !== null && !/^\d{1,16}$/.test(after))
      throw new SourceError(`${after} is no time of Jetstream to go on after`, { code: 'bad_options' })
    const onOutage = (reason: string, retryInMs: number): void =>
      onEvent({ kind: 'disconnected', reason: `nothing is looked up: ${reason}`, retryInMs })
    const ask = appView({ baseUrl: appViewUrl, clock, signal, onOutage })
    yield* followJetstream({
      ...settings,
      ...source,
      match: startMatching(matchesTerm(term), foundPosts(postsFile)),
      lookUps: { profiles: profileLookUp(ask, clock), posts: postLookUp(ask, clock) },
      collect: (reading, text, position) =>
        collectRecord({ reading, text }, { term, mood, position, now: clock.now }),
      progress: { cursorUs: after, wasHeard: false },
    })
  }
}

interface Following extends SourceOptions, Omit<Required<BlueskyOptions>, 'mood' | 'postsFile'> {
  readonly match: (event: JsonObject, text: string) => Matched | null
  readonly lookUps: LookUps
  readonly collect: (reading: Reading, text: string, position: string | null) => Outcome
  readonly progress: { cursorUs: string | null; wasHeard: boolean }
}

async function* followJetstream(following: Following): AsyncGenerator<CollectedRecord> {
  const { signal, onEvent, clock, progress, lotMs, silenceMs } = following
  let retryInMs = FIRST_RETRY_MS
  while (!signal.aborted) {
    progress.wasHeard = false
    const url = subscription(following)
    const onOpen = (): void =>
      onEvent({ kind: 'connected', detail: `${url.host}, cursor ${progress.cursorUs ?? 'now'}` })
    const lots = connectionLots({ url, lotMs, silenceMs, signal, onOpen })
    const reason = yield* recordsOf(lots, following)
    if (signal.aborted) return
    retryInMs = progress.wasHeard ? FIRST_RETRY_MS : Math.min(retryInMs * 2, LAST_RETRY_MS)
    onEvent({ kind: 'disconnected', reason, retryInMs })
    await clock.sleep(retryInMs, signal)
  }
}

function subscription({ jetstreamUrl, progress }: Following): URL {
  const url = new URL(jetstreamUrl)
  for (const collection of [POST, REPOST, LIKE]) url.searchParams.append('wantedCollections', collection)
  const { cursorUs } = progress
  if (cursorUs !== null) url.searchParams.set('cursor', String(Number(cursorUs) - REWIND_US))
  return url
}

async function* recordsOf(
  lots: AsyncGenerator<readonly string[], string>,
  following: Following,
): AsyncGenerator<CollectedRecord, string> {
  for (;;) {
    const { value, done } = await lots.next()
    if (done === true) return value
    yield* recordsOfLot(value, following)
  }
}

async function* recordsOfLot(lot: readonly string[], following: Following): AsyncGenerator<CollectedRecord> {
  const { progress, lookUps, lookUpMs, collect, onEvent } = following
  progress.wasHeard = true
  const matched = lot.map((text) => matchedIn(text, following)).filter((one) => one !== null)
  const tweets = matched.flatMap(({ reading }) => (reading.is === 'tweet' ? [reading.tweet] : []))
  const completed = (await complete(tweets, lookUps, lookUpMs)).values()
  for (const { reading, text, timeUs } of matched) {
    const whole =
      reading.is === 'tweet' ? { ...reading, tweet: completed.next().value ?? reading.tweet } : reading
    const outcome = collect(whole, text, timeUs)
    if (outcome.is === 'collected') yield outcome.record
    else onEvent(refusal(outcome.reason, text))
  }
}

function matchedIn(text: string, { match, progress, onEvent }: Following): Matched | null {
  onEvent({ kind: 'received' })
  const event = parseObject(text)
  if (event === null) {
    onEvent(refusal('not one whole JSON object', text))
    return null
  }
  progress.cursorUs = known(event['time_us']) ?? progress.cursorUs
  return match(event, text)
}
