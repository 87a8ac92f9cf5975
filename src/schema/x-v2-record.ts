import { schema, t } from 'spark-connect-js'

const text = t.string.nullable

const XV2Urls = t.array(t.struct({ expanded_url: text, unwound_url: text }).nullable).nullable

const XV2Reference = schema({ type: text, id: text })
const XV2Mention = schema({ start: text, id: text, username: text })

/** The keys of an X API v2 tweet that are read. */
export const XV2Tweet = schema({
  id: text,
  author_id: text,
  created_at: text,
  text,
  note_tweet: t.struct({ text, entities: t.struct({ urls: XV2Urls }).nullable }).nullable,
  lang: text,
  in_reply_to_user_id: text,
  edit_history_tweet_ids: t.array(text).nullable,
  referenced_tweets: t.array(t.struct(XV2Reference).nullable).nullable,
  public_metrics: t.struct({ retweet_count: text, like_count: text }).nullable,
  entities: t.struct({ urls: XV2Urls, mentions: t.array(t.struct(XV2Mention).nullable).nullable }).nullable,
  geo: t.struct({
    place_id: text,
    coordinates: t.struct({ coordinates: t.array(text).nullable }).nullable,
  }).nullable,
})

/** The keys of an X API v2 user that are read. */
export const XV2User = schema({
  id: text,
  name: text,
  username: text,
  location: text,
  verified: text,
  profile_image_url: text,
  public_metrics: t.struct({
    followers_count: text,
    following_count: text,
    tweet_count: text,
    listed_count: text,
    like_count: text,
  }).nullable,
})

/** What a tweet refers to, side by side with it. */
export const XV2Includes = schema({
  users: t.array(t.struct(XV2User).nullable).nullable,
  tweets: t.array(t.struct(XV2Tweet).nullable).nullable,
  places: t.array(t.struct({ id: text, country_code: text }).nullable).nullable,
})

const texts = t.array(text).nullable

/** A page of the X API v2, its tweets and what they refer to still as they were written. */
export const XV2Page = schema({
  data: texts,
  includes: t.struct({ users: texts, tweets: texts, places: texts }).nullable,
})

/** What a tweet or user of a page is found by, and what it names. */
export const XV2Links = schema({
  id: text,
  username: text,
  author_id: text,
  in_reply_to_user_id: text,
  referenced_tweets: t.array(t.struct(XV2Reference).nullable).nullable,
  entities: t.struct({ mentions: t.array(t.struct(XV2Mention).nullable).nullable }).nullable,
  geo: t.struct({ place_id: text }).nullable,
})
