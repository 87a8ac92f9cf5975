import type { InventedPerson, InventedTweet } from './invented-tweet.ts'

/** A tweet as the records of one format say it; a page of several tweets is made of `xV2Page`. */
export type Write = (tweet: InventedTweet) => object

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const iso = (second: number) => new Date(second * 1_000).toISOString()
const xTime = (second: number) => {
  const date = new Date(second * 1_000)
  const day = String(date.getUTCDate()).padStart(2, '0')
  const time = date.toISOString().slice(11, 19)
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} +0000 ${date.getUTCFullYear()}`
}
const orNone = (value: string | number | null) => (value === null ? 'None' : String(value))

const flatOther = ({ other }: InventedTweet) => ({
  rt_status_id: other.key,
  rt_status_created_at: xTime(other.second),
  rt_status_text: other.text,
  rt_status_favorited: false,
  rt_status_favorite_count: String(other.favourites),
  rt_status_retweet_count: String(other.retweets),
  rt_status_user_id: other.author.key,
  rt_status_user_name: other.author.name,
  rt_status_user_screen_name: other.author.screenName,
  rt_status_user_followers_count: orNone(other.author.followers),
  rt_status_user_friends_count: String(other.author.friends),
  rt_status_user_location: orNone(other.author.location),
})

/** As the collector writes it: an original stands under `rt_status_*` as well, a reply names what it answers. */
export const flat: Write = (tweet) => {
  const { kind, author, other } = tweet
  const spread = kind === 'original' ? { ...tweet, other: tweet } : tweet
  return {
    status_id: tweet.key,
    status_created_at: xTime(tweet.second),
    searched_names: 'None',
    status_kind: kind,
    status_user_id: author.key,
    status_user_screen_name: author.screenName,
    status_user_followers_count: orNone(author.followers),
    status_user_location: orNone(author.location),
    status_text: kind === 'retweet' ? `RT @${other.author.screenName}: ${other.text}` : tweet.text,
    status_lang: tweet.lang,
    status_parent_id: kind === 'reply' ? other.key : 'None',
    status_parent_user_id: kind === 'reply' ? other.author.key : 'None',
    ...(kind !== 'reply' && flatOther(spread)),
  }
}

const xV1User = (person: InventedPerson) => ({
  id_str: person.key,
  name: person.name,
  screen_name: person.screenName,
  location: person.location,
  followers_count: person.followers,
  friends_count: person.friends,
  verified: person.verified,
})

const xV1Status = ({
  key,
  second,
  author,
  text,
  retweets,
  favourites,
}: Omit<InventedTweet['other'], 'age'>) => ({
  id_str: key,
  created_at: xTime(second),
  text,
  user: xV1User(author),
  retweet_count: retweets,
  favorite_count: favourites,
})

export const xV1: Write = (tweet) => {
  const { kind, other, position, country } = tweet
  return {
    ...xV1Status(tweet),
    lang: tweet.lang,
    coordinates: position && { type: 'Point', coordinates: position },
    place: country && { country_code: country },
    ...(kind === 'retweet' && {
      text: `RT @${other.author.screenName}: ${other.text}`,
      retweeted_status: xV1Status(other),
    }),
    ...(kind === 'quote' && { quoted_status_id_str: other.key, quoted_status: xV1Status(other) }),
    ...(kind === 'reply' && {
      in_reply_to_status_id_str: other.key,
      in_reply_to_user_id_str: other.author.key,
      in_reply_to_screen_name: other.author.screenName,
    }),
  }
}

const xV2User = (person: InventedPerson) => ({
  id: person.key,
  name: person.name,
  username: person.screenName,
  location: person.location,
  verified: person.verified,
  public_metrics: { followers_count: person.followers, following_count: person.friends },
})

const xV2Tweet = ({
  key,
  second,
  author,
  text,
  retweets,
  favourites,
}: Omit<InventedTweet['other'], 'age'>) => ({
  id: key,
  author_id: author.key,
  created_at: iso(second),
  text,
  public_metrics: { retweet_count: retweets, like_count: favourites },
})

const REFERENCES = { retweet: 'retweeted', quote: 'quoted', reply: 'replied_to' } as const

const xV2Data = (tweet: InventedTweet) => {
  const { kind, other, position, country } = tweet
  return {
    ...xV2Tweet(tweet),
    lang: tweet.lang,
    geo: {
      ...(country && { place_id: `place ${country}` }),
      ...(position && { coordinates: { coordinates: position } }),
    },
    ...(kind !== 'original' && { referenced_tweets: [{ type: REFERENCES[kind], id: other.key }] }),
    ...(kind === 'reply' && { in_reply_to_user_id: other.author.key }),
    // A retweet's own counters are its root's, but for the likes; its text is cut.
    ...(kind === 'retweet' && {
      text: `RT @${other.author.screenName}: ${other.text}`.slice(0, 9),
      public_metrics: { retweet_count: other.retweets, like_count: 0 },
    }),
  }
}

const xV2Includes = (tweets: readonly InventedTweet[]) => ({
  users: tweets.flatMap(({ author, other }) => [xV2User(author), null, xV2User(other.author)]),
  tweets: tweets.flatMap(({ kind, other }) => (kind === 'original' ? [null] : [xV2Tweet(other)])),
  places: tweets.flatMap(({ country }) =>
    country ? [{ id: `place ${country}`, country_code: country }] : [],
  ),
})

export const xV2: Write = (tweet) => ({ data: xV2Data(tweet), includes: xV2Includes([tweet]) })

/** A page of the X API v2: as many records as it has tweets. */
export const xV2Page = (tweets: readonly InventedTweet[]): object => ({
  data: tweets.map(xV2Data),
  includes: xV2Includes(tweets),
  meta: { result_count: tweets.length },
})

export const didOf = ({ key }: InventedPerson) => `did:plc:p${key}`

const TID_DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

/** A key as Bluesky's clients make them, https://atproto.com/specs/tid: the time in microseconds, then a clock's number. */
function tidOf(second: number, clock: number): string {
  const bits = ((BigInt(second) * 1_000_000n) << 10n) | BigInt(clock % 1_024)
  return Array.from(
    { length: 13 },
    (_, place) => TID_DIGITS[Number((bits >> BigInt(5 * (12 - place))) & 31n)],
  ).join('')
}

/** The address of a post or repost; the number of its key tells it from others of the second. */
export const addressOf = ({ key, second, author }: InventedTweet['other'], kind = 'post') =>
  `at://${didOf(author)}/app.bsky.feed.${kind}/${tidOf(second, Number(key))}`

export const jetstream: Write = (tweet) => {
  const { kind, other, second, text, lang } = tweet
  const collection = `app.bsky.feed.${kind === 'retweet' ? 'repost' : 'post'}`
  const subject = { uri: addressOf(other), cid: 'c' }
  const post = {
    text,
    langs: [lang, 'xx'],
    createdAt: '2099-01-01T00:00:00.000Z', // what a client claims does not count
    ...(kind === 'quote' && { embed: { $type: 'app.bsky.embed.record', record: subject } }),
    ...(kind === 'reply' && { reply: { parent: subject, root: subject } }),
  }
  return {
    did: didOf(tweet.author),
    time_us: second * 1_000_000,
    kind: 'commit',
    commit: {
      operation: 'create',
      collection,
      rkey: tidOf(second, Number(tweet.key)),
      record: kind === 'retweet' ? { subject, createdAt: 'x' } : post,
    },
  }
}
