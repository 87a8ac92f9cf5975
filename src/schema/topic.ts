import { schema, t } from 'spark-connect-js'

/** What the tweets of a window add up to; `previous_volume` counts the window before it. */
const Use = {
  volume: t.long.nullable,
  previous_volume: t.long.nullable,
  followers_sum: t.long.nullable, // of the authors, once a tweet
  followers_count: t.long.nullable,
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long.nullable,
}

/** One text, a tweet that says it, and how often it was said. Key: spoken_key. */
export const SpokenText = schema({
  term: t.string,
  spoken_key: t.long.nullable,
  tweet_key: t.long.nullable,
  ...Use,
})

/**
 * A text with what it is about, each topic once: `#hashtag`, `@mention`, `/linked.domain` or `word`, in small letters.
 * Key: spoken_key.
 */
export const TopicText = schema({
  term: t.string,
  spoken_key: t.long.nullable,
  ...Use,
  lang: t.string.nullable, // ISO 639-1
  topics: t.array(t.string.nullable).nullable,
})

/** A topic of a text, as often as the text was said. Key: (spoken_key, topic). */
export const TopicUse = schema({
  term: t.string,
  spoken_key: t.long.nullable,
  ...Use,
  topic: t.string.nullable,
})

/** A leading topic of a term. Key: (term, topic), as well as (term, kind, rank_in_kind). */
export const LeadingTopic = schema({
  term: t.string,
  topic: t.string.nullable, // with the mark of its kind
  ...Use,
  kind: t.string, // hashtag | mention | domain | word
  rank_in_kind: t.integer,
})

/** How much a term's tweets in a window are about a topic. Key: (term, kind, topic). */
export const TopicScore = schema({
  term: t.string,
  kind: t.string,
  topic: t.string.nullable,
  volume: t.long.nullable, // tweets and retweets
  previous_volume: t.long.nullable, // of the window before; null if the data does not reach back that far
  change_percent: t.double.nullable, // null also where there was nothing to compare with
  authors: t.long.nullable, // distinct, within 5 %; null if none is known
  reach: t.long.nullable, // authors times the mean of their followers
  sentiment: t.double.nullable, // mean, -1 to 1
  rank_in_kind: t.integer,
})

/** A word that says nothing in a language. */
export const StopWord = schema({ lang: t.string, topic: t.string })

/** What is known of a term beforehand. Key: term. */
export const TermFacts = schema({
  term: t.string,
  first_at: t.timestamp.nullable, // since when it is observed
  own_topics: t.array(t.string.nullable).nullable, // what its tweets are about in any case
})
