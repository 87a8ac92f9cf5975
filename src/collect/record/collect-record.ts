import type { CollectedRecord } from '../source.ts'
import { MISSING, type Sentiment, sentimentColumns, toFlatRecord } from './flat-record.ts'
import { type JsonObject, known } from './json.ts'
import { type Reading, type Refused, refused } from './reading.ts'
import type { Tweet } from './tweet.ts'
import { isUsable, whatLacks } from './what-lacks.ts'

/** How a text of a language sounds; null if it cannot be said. */
export type Mood = (text: string, lang: string | null) => Sentiment | null

export interface CollectOptions {
  readonly term: string // of records that name none
  readonly mood: Mood
  readonly position: string | null
  readonly now: () => number
}

/** A record for delivery, or why it is none. */
export type Outcome = { readonly is: 'collected'; readonly record: CollectedRecord } | Refused

/** Makes a record for delivery of what was read, with how it sounds. `text` is the record as it came. */
export function collectRecord(
  { reading, text }: { readonly reading: Reading; readonly text: string },
  options: CollectOptions,
): Outcome {
  if (reading.is === 'refused') return reading
  if (reading.is === 'notice') {
    const { about, atMs } = reading
    return collected(text, { id: about, rootId: about, tweetedAtMs: atMs ?? options.now() }, options)
  }
  const { tweet } = reading
  if (!isUsable(tweet)) return refused(whatLacks(tweet) ?? '')
  const data = reading.is === 'flat' ? flatData(reading, text, options) : ownData(tweet, options)
  return collected(data, { ...tweet, rootId: tweet.root.id }, options)
}

interface Identity {
  readonly id: string
  readonly rootId: string
  readonly tweetedAtMs: number
}

const collected = (
  data: string,
  { id, rootId, tweetedAtMs }: Identity,
  { position }: CollectOptions,
): Outcome => ({
  is: 'collected',
  record: { data, tweetId: id, rootId, tweetedAtMs, position },
})

const ownData = (tweet: Tweet, { term, mood }: CollectOptions): string =>
  JSON.stringify(toFlatRecord(tweet, { term: tweet.term ?? term, sentiment: sentimentOf(tweet, mood) }))

/** A retweet sounds as what it repeats, which its own text cuts; a like says nothing. */
function sentimentOf({ kind, text, lang, root }: Tweet, mood: Mood): Sentiment | null {
  const words = kind === 'retweet' ? (root.text ?? text) : text
  return words === null ? null : mood(words, lang)
}

/** A record that is flat already is written anew only where something is to be added. */
function flatData(
  { tweet, json }: { readonly tweet: Tweet; readonly json: JsonObject },
  text: string,
  { term, mood }: CollectOptions,
): string {
  const hasSentiment = (known(json['sentiment_score']) ?? known(json['sentiment'])) !== null
  const sentiment = hasSentiment ? null : sentimentOf(tweet, mood)
  if (tweet.term !== null && sentiment === null) return text
  const own = Object.entries(json).map(([key, value]) => [key, known(value) ?? MISSING] as const)
  return JSON.stringify({
    ...Object.fromEntries(own),
    ...(tweet.term === null && { searched_names: term }),
    ...(sentiment !== null && sentimentColumns(sentiment)),
  })
}
