import fc from 'fast-check'

/** Somebody of an invented tweet, as far as any format can tell. */
export interface InventedPerson {
  readonly key: string // an id is made of it, by each format in its way
  readonly screenName: string
  readonly name: string
  readonly location: string | null
  readonly followers: number | null
  readonly friends: number
  readonly verified: boolean
}

/** A tweet, and the tweet that it spreads or answers. Times are seconds since 1970. */
export interface InventedTweet {
  readonly key: string
  readonly kind: 'original' | 'retweet' | 'quote' | 'reply'
  readonly second: number
  readonly author: InventedPerson
  readonly text: string
  readonly lang: string
  readonly retweets: number
  readonly favourites: number
  readonly position: readonly [longitude: number, latitude: number] | null
  readonly country: string | null
  readonly other: {
    readonly key: string
    readonly second: number
    readonly author: InventedPerson
    readonly text: string
    readonly retweets: number
    readonly favourites: number
  }
}

const TRICKY = [
  '}{',
  '}{"a":1',
  '{"status_id":"1"}',
  '\\',
  '"',
  '\n',
  '\u2028',
  '\u0000',
  'RT  @a: x',
  '"data"',
  '👩‍🚀',
  'İ',
]

/** What people and attackers write: never empty, never what stands for unknown, never how a retweet begins. */
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
      { weight: 1, arbitrary: fc.constantFrom(...TRICKY) },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => `~${parts.join('')}`)

const count = fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER))
const screenName = fc.stringMatching(/^[A-Za-z]\w{0,14}$/)
const person = fc.record({
  screenName,
  name: text,
  location: fc.option(text, { nil: null }),
  followers: fc.option(count, { nil: null }),
  friends: count,
  verified: fc.boolean(),
})
const second = fc.integer({ min: Date.UTC(2011, 0) / 1_000, max: Date.UTC(2029, 0) / 1_000 })
const coordinate = (limit: number) =>
  fc.integer({ min: -limit * 100, max: limit * 100 }).map((part) => part / 100)

const content = { author: person, text, retweets: count, favourites: count }

/** A tweet with an older one beside it; `keyed` gives them ids. */
export const inventedTweet = fc.record({
  ...content,
  kind: fc.constantFrom('original', 'retweet', 'quote', 'reply'),
  second,
  lang: fc.constantFrom('en', 'de', 'ja', 'und'),
  position: fc.option(fc.tuple(coordinate(180), coordinate(90)), { nil: null }),
  country: fc.option(fc.constantFrom('DE', 'br', 'JP'), { nil: null }),
  other: fc.record({ ...content, age: fc.nat({ max: 5_000_000 }) }),
})

/** A tweet before it has ids. */
export type TweetContent = typeof inventedTweet extends fc.Arbitrary<infer T> ? T : never

/** The same with ids that no other index gives. */
export function keyed({ other: { age, ...other }, ...tweet }: TweetContent, index: number): InventedTweet {
  const number = String(100_000 + index)
  return {
    ...tweet,
    key: `${number}1`,
    author: { ...tweet.author, key: `${number}3` },
    other: {
      ...other,
      key: `${number}2`,
      second: tweet.second - age,
      author: { ...other.author, key: `${number}4`, screenName: `o_${other.author.screenName.slice(0, 13)}` },
    },
  }
}
