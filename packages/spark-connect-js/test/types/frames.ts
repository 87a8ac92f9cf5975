import { schema, t, type DataFrame } from 'spark-connect-js'

/** Schemas that the type tests share: every nullability and the kinds that are easily mixed up. */
export const Tweet = schema({
  tweet_id: t.string,
  author_id: t.string,
  text: t.string.nullable,
  retweets: t.long,
  favourites: t.long.nullable,
  depth: t.double,
  position: t.integer,
  tweeted_at: t.timestamp,
})

export const Author = schema({
  author_id: t.string,
  name: t.string,
  followers: t.long.nullable,
})

/** Shares `name` with `Author` beyond the key. */
export const Place = schema({ author_id: t.string, name: t.string })

export type TweetFrame = DataFrame<typeof Tweet>
export type AuthorFrame = DataFrame<typeof Author>
export type PlaceFrame = DataFrame<typeof Place>
