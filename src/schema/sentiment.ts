import { schema, t } from 'spark-connect-js'

const Mood = {
  volume: t.long,
  positive: t.long, // sentiment above 0.05
  neutral: t.long,
  negative: t.long, // below -0.05
  unknown: t.long,
  mean: t.double.nullable, // over those that are known, -1 to 1
}

/** The mood of what spreads the tweets of a leading author. Key: (term, spread_author_key). */
export const SpreadMood = schema({
  term: t.string,
  spread_author_key: t.long.nullable,
  tweet_key: t.long.nullable, // of a tweet whose records name the author
  ...Mood,
})

/** The mood of a term's tweets in a window, and of what spreads its leading authors. Key: (term, author_id). */
export const SentimentScore = schema({
  term: t.string,
  author_id: t.string.nullable, // empty: the term as a whole
  ...Mood,
})
