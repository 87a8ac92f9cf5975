import type { InventedTweet } from './invented-tweet.ts'
import { addressOf, didOf } from './tweet-formats.ts'

export type Format = 'flat' | 'xV1' | 'xV2' | 'jetstream'

type Columns = Readonly<Record<string, unknown>>

const at = (second: number) => new Date(second * 1_000).toISOString()
const long = (count: number | null) => (count === null ? null : BigInt(count))

/** What all formats say that can say it: docs/formats.md. */
function observation(tweet: InventedTweet): Columns {
  const { kind, author, other, position, country } = tweet
  const spreads = kind === 'retweet' || kind === 'quote'
  const root = spreads ? other : tweet
  const parent = kind === 'quote' || kind === 'reply' ? other : null
  return {
    tweet_id: tweet.key,
    kind,
    tweeted_at: at(tweet.second),
    author_id: author.key,
    author_name: author.name,
    author_screen_name: author.screenName,
    author_followers: long(author.followers),
    author_location: author.location,
    author_verified: author.verified,
    text: kind === 'retweet' ? null : tweet.text,
    lang: tweet.lang,
    root_id: root.key,
    root_tweeted_at: at(root.second),
    root_text: root.text,
    root_retweets: long(root.retweets),
    root_favourites: long(root.favourites),
    root_author_id: root.author.key,
    root_author_name: root.author.name,
    root_author_screen_name: root.author.screenName,
    root_author_followers: long(root.author.followers),
    root_author_friends: long(root.author.friends),
    root_author_location: root.author.location,
    parent_id: parent?.key ?? null,
    parent_author_id: parent?.author.key ?? null,
    parent_screen_name: parent?.author.screenName ?? null,
    longitude: position?.[0] ?? null,
    latitude: position?.[1] ?? null,
    place_country: country?.toUpperCase() ?? null,
    reject_reason: null,
  }
}

const OF_PLACES = ['longitude', 'latitude', 'place_country']
const OF_REPLIES = ['root_retweets', 'root_favourites', 'root_author_name', 'root_author_friends']
const OF_PROFILES = ['name', 'screen_name', 'followers', 'location'].flatMap((fact) => [
  `author_${fact}`,
  `root_author_${fact}`,
])

/** What a format has no room for. */
function unsaid(format: Format, kind: InventedTweet['kind']): readonly string[] {
  if (format === 'flat') {
    return [
      'author_name',
      'author_verified',
      'parent_screen_name',
      ...OF_PLACES,
      ...(kind === 'reply' ? OF_REPLIES : []),
    ]
  }
  if (format !== 'jetstream') return []
  const ofRoots = kind === 'retweet' || kind === 'quote' ? ['root_text'] : []
  const ofReposts = kind === 'retweet' ? ['lang'] : []
  const counted = [
    'root_retweets',
    'root_favourites',
    'root_author_friends',
    'author_verified',
    'parent_screen_name',
  ]
  return [...OF_PROFILES, ...counted, ...OF_PLACES, ...ofRoots, ...ofReposts]
}

/** Who and what by the addresses of Bluesky. */
function addresses(tweet: InventedTweet): Columns {
  const { kind, author, other } = tweet
  const own = addressOf(tweet, kind === 'retweet' ? 'repost' : 'post')
  const spreads = kind === 'retweet' || kind === 'quote'
  const hasParent = kind === 'quote' || kind === 'reply'
  return {
    tweet_id: own,
    author_id: didOf(author),
    root_id: spreads ? addressOf(other) : own,
    root_author_id: didOf(spreads ? other.author : author),
    parent_id: hasParent ? addressOf(other) : null,
    parent_author_id: hasParent ? didOf(other.author) : null,
  }
}

/** What is read of a tweet in a format: the same in all where they can say the same. */
export const expectedObservation = (tweet: InventedTweet, format: Format): Columns => ({
  ...observation(tweet),
  ...(format === 'jetstream' && addresses(tweet)),
  ...Object.fromEntries(unsaid(format, tweet.kind).map((name) => [name, null])),
})
