import type { Clock } from '../../clock.ts'
import { languageOf } from '../../record/from-jetstream.ts'
import { type JsonObject, countOf, known, objectOf, objectsOf } from '../../record/json.ts'
import type { Author } from '../../record/tweet.ts'
import type { AppView } from './app-view.ts'
import { boundedMap } from './bounded-map.ts'

/** A post as Bluesky's public API shows it. */
export interface SeenPost {
  readonly text: string | null
  readonly lang: string | null
  readonly retweets: number | null
  readonly favourites: number | null
}

/** What is found of things by their ids; what is not found, or not in time, is missing. */
export type LookUp<T> = (ids: Iterable<string>, withinMs: number) => Promise<ReadonlyMap<string, T>>

const MOST_PER_QUERY = 25
const MOST_PROFILES = 50_000
const MOST_POSTS = 20_000
const PROFILES_KEPT_MS = 6 * 3_600_000
const POSTS_KEPT_MS = 10 * 60_000 // for their counters

/** Looks up people by their DIDs. */
export const profileLookUp = (ask: AppView, clock: Clock): LookUp<Author> =>
  cachedLookUp<Author>({
    ask,
    clock,
    query: { method: 'app.bsky.actor.getProfiles', param: 'actors', list: 'profiles', idKey: 'did' },
    keptMs: PROFILES_KEPT_MS,
    most: MOST_PROFILES,
    read: (profile) => ({
      id: known(profile['did']),
      name: known(profile['displayName']),
      screenName: known(profile['handle']),
      location: null, // profiles have none
      image: known(profile['avatar']),
      followers: countOf(profile['followersCount']),
      friends: countOf(profile['followsCount']),
      statuses: countOf(profile['postsCount']),
      listed: null,
      favouritesGiven: null,
    }),
  })

/** Looks up posts by their addresses. */
export const postLookUp = (ask: AppView, clock: Clock): LookUp<SeenPost> =>
  cachedLookUp<SeenPost>({
    ask,
    clock,
    query: { method: 'app.bsky.feed.getPosts', param: 'uris', list: 'posts', idKey: 'uri' },
    keptMs: POSTS_KEPT_MS,
    most: MOST_POSTS,
    read: (post) => {
      const record = objectOf(post['record']) ?? {}
      return {
        text: known(record['text']),
        lang: languageOf(record),
        retweets: countOf(post['repostCount']),
        favourites: countOf(post['likeCount']),
      }
    },
  })

interface CachedLookUp<T> {
  readonly ask: AppView
  readonly clock: Clock
  readonly query: {
    readonly method: string
    readonly param: string
    readonly list: string
    readonly idKey: string
  }
  readonly keptMs: number
  readonly most: number
  readonly read: (json: JsonObject) => T
}

function cachedLookUp<T>(options: CachedLookUp<T>): LookUp<T> {
  const { ask, clock, keptMs, most, read } = options
  const { method, param, list, idKey } = options.query
  // Who is not found, a deleted account, is not asked for again and again.
  const cache = boundedMap<{ readonly value: T | null; readonly atMs: number }>(most)
  const isFresh = (id: string): boolean => (cache.get(id)?.atMs ?? -Infinity) > clock.now() - keptMs
  const fetchAll = async (ids: readonly string[], untilMs: number): Promise<void> => {
    const params = ids.map((id) => [param, id] as const)
    const answer = await ask({ method, params, withinMs: Math.max(0, untilMs - clock.now()) })
    if (answer === null) return
    const found = new Map(objectsOf(answer[list]).map((one) => [known(one[idKey]), read(one)]))
    for (const id of ids) cache.set(id, { value: found.get(id) ?? null, atMs: clock.now() })
  }
  return async (ids, withinMs) => {
    const wanted = [...new Set(ids)]
    const unknown = wanted.filter((id) => !isFresh(id))
    const untilMs = clock.now() + withinMs
    for (let start = 0; start < unknown.length; start += MOST_PER_QUERY)
      await fetchAll(unknown.slice(start, start + MOST_PER_QUERY), untilMs)
    // Better old than none.
    const values = wanted.map((id) => [id, cache.get(id)?.value ?? null] as const)
    return new Map(values.filter((entry): entry is readonly [string, T & {}] => entry[1] !== null))
  }
}
