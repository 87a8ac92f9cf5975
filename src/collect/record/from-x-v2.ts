import { type JsonObject, countOf, elementsOf, known, objectOf, objectsOf } from './json.ts'
import { isoTimeMs, snowflakeSecondMs } from './times.ts'
import type { Author, Kind, Root, Tweet } from './tweet.ts'

/** What the tweets of a line or page refer to, by id. */
export interface Included {
  readonly tweets: ReadonlyMap<string, JsonObject>
  readonly users: ReadonlyMap<string, JsonObject>
  readonly userIds: ReadonlyMap<string, string | null> // by name
}

/** Makes the objects under `includes` findable; of several with one id the first counts. */
export function includedIn(includes: unknown): Included {
  const { users, tweets } = objectOf(includes) ?? {}
  const people = objectsOf(users)
  const ids = [...byKey(people, 'username')].map(([name, user]) => [name, known(user['id'])] as const)
  return { tweets: byKey(objectsOf(tweets), 'id'), users: byKey(people, 'id'), userIds: new Map(ids) }
}

/** Those that have no such key are nobody's. */
function byKey(objects: readonly JsonObject[], key: string): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  for (const one of objects) {
    const name = known(one[key])
    if (name !== null && !found.has(name)) found.set(name, one)
  }
  return found
}

/**
 * A tweet of the X API v2 with what it refers to. The root of a quote is the tweet quoted, and so is that of a retweet
 * of a quote, whose parent is the quote. What of a retweeted tweet did not come along is told by its id and by whom
 * the text mentions first: docs/formats.md.
 */
export function tweetFromXV2(data: JsonObject, included: Included): Tweet {
  const ancestry = ancestryOf(data, included)
  const { kind, parent } = ancestry
  const answered = kind === 'reply' ? known(data['in_reply_to_user_id']) : null
  return {
    term: null,
    id: idOf(data),
    kind,
    tweetedAtMs: timeOf(data),
    text: textOf(data),
    lang: known(data['lang']),
    author: authorOf(known(data['author_id']), included),
    root: rootOf(data, ancestry, included),
    parentId: ancestry.parentId,
    parentAuthorId: known(parent?.['author_id']) ?? answered,
  }
}

/** The first tag of the rules that a line of the stream matched: what was searched. */
export const firstTag = (rules: unknown): string | null =>
  objectsOf(rules)
    .map((rule) => known(rule['tag']))
    .find((tag) => tag !== null) ?? null

/** What a tweet spreads (null if nothing), and whom it was spread or answered from, as far as the record says. */
interface Ancestry {
  readonly kind: Kind
  readonly root: JsonObject | null
  readonly rootId: string | null
  readonly parent: JsonObject | null
  readonly parentId: string | null
}

function ancestryOf(data: JsonObject, { tweets }: Included): Ancestry {
  const [retweeted, quoted, answered] = [
    referred(data, 'retweeted'),
    referred(data, 'quoted'),
    referred(data, 'replied_to'),
  ]
  const tweetWithId = (id: string | null) => (id === null ? null : (tweets.get(id) ?? null))
  const spread = tweetWithId(retweeted ?? quoted)
  if (retweeted !== null) {
    const beyond = spread && tweetWithId(referred(spread, 'quoted'))
    const root = beyond ?? spread
    const parent = beyond && spread
    return { kind: 'retweet', root, rootId: idOf(root) ?? retweeted, parent, parentId: idOf(parent) }
  }
  const parent = spread ?? tweetWithId(answered)
  // A quote of a tweet that the record does not hold is no quote of it: its author would not be known.
  const kind = spread !== null ? 'quote' : answered !== null ? 'reply' : 'original'
  return { kind, root: spread, rootId: idOf(spread), parent, parentId: idOf(parent) ?? answered ?? quoted }
}

const referred = (tweet: JsonObject, type: 'retweeted' | 'quoted' | 'replied_to'): string | null =>
  known(objectsOf(tweet['referenced_tweets']).find((reference) => reference['type'] === type)?.['id'])

const versionsOf = (tweet: JsonObject): readonly unknown[] => elementsOf(tweet['edit_history_tweet_ids'])

/** The same for all versions of an edited tweet: the id of the first. */
const idOf = (tweet: JsonObject | null): string | null => tweet && known(versionsOf(tweet)[0] ?? tweet['id'])

/** The same for all versions, so that their sightings stand side by side; in whole seconds, as X says it. */
const timeOf = (tweet: JsonObject): number | null =>
  (versionsOf(tweet).length > 1 ? snowflakeSecondMs(idOf(tweet)) : null) ??
  isoTimeMs(tweet['created_at']) ??
  snowflakeSecondMs(known(tweet['id']))

const textOf = (tweet: JsonObject): string | null =>
  known(objectOf(tweet['note_tweet'])?.['text']) ?? known(tweet['text'])

const metric = (of: JsonObject, name: string): number | null =>
  countOf(objectOf(of['public_metrics'])?.[name])

/** A retweet's own counters are its root's, except for the likes, which it says are none. */
function rootOf(data: JsonObject, { kind, root, rootId }: Ancestry, included: Included): Root {
  const spread = rootId === null ? data : root
  const rootAuthorId =
    rootId === null
      ? known(data['author_id'])
      : (known(root?.['author_id']) ?? retweetedAuthorId(data, included))
  const isUnseen = kind === 'retweet' && root === null
  return {
    id: rootId ?? idOf(data),
    tweetedAtMs: (spread && timeOf(spread)) ?? snowflakeSecondMs(rootId),
    text: spread && textOf(spread),
    retweets:
      (spread && metric(spread, 'retweet_count')) ?? (isUnseen ? metric(data, 'retweet_count') : null),
    favourites: spread && metric(spread, 'like_count'),
    author: authorOf(rootAuthorId, included),
  }
}

// The text of a retweet begins `RT @name: `: whom it retweets is mentioned behind three characters.
const RETWEETED_MENTION_START = '3'

function retweetedAuthorId(data: JsonObject, { userIds }: Included): string | null {
  const mention = objectsOf(objectOf(data['entities'])?.['mentions']).find(
    (one) => known(one['start']) === RETWEETED_MENTION_START,
  )
  return known(mention?.['id']) ?? known(userIds.get(known(mention?.['username']) ?? ''))
}

function authorOf(id: string | null, { users }: Included): Author {
  const user = users.get(id ?? '') ?? {}
  return {
    id,
    name: known(user['name']),
    screenName: known(user['username']),
    location: known(user['location']),
    image: known(user['profile_image_url']),
    followers: metric(user, 'followers_count'),
    friends: metric(user, 'following_count'),
    statuses: metric(user, 'tweet_count'),
    listed: metric(user, 'listed_count'),
    favouritesGiven: metric(user, 'like_count'),
  }
}
