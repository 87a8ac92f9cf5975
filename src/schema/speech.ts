import { schema, t } from 'spark-connect-js'

/**
 * One tweet that says something, whatever the number of its sightings: an original, a quote, a reply, or a retweet,
 * which says what its root says. Texts and ids are hashes of 64 bits, so that a row has a fixed width.
 */
export const Speech = schema({
  term: t.string,
  is_current: t.boolean.nullable, // in the window; else in the one before it
  author_key: t.long.nullable,
  followers: t.long.nullable, // the author's
  sentiment: t.double.nullable, // -1 to 1
  spoken_key: t.long.nullable, // of the term and the tweet whose text this is
  tweet_key: t.long.nullable,
  spread_author_key: t.long.nullable, // whose tweet this retweets or quotes; null if it spreads nothing
  place_key: t.long.nullable, // of what is known best about where its author is
})
