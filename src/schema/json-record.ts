import { schema, t } from 'spark-connect-js'

// Every scalar is read as text: JSON in the wild mixes "12", 12 and "None", and a typed reader
// would drop the whole record for one of them. Numbers are made later, by `try_cast`.
const text = t.string.nullable

const XV1User = {
  id_str: text,
  name: text,
  screen_name: text,
  followers_count: text,
  friends_count: text,
  statuses_count: text,
  listed_count: text,
  favourites_count: text,
  location: text,
  verified: text,
  profile_image_url_https: text,
}

const XV1Entities = { urls: t.array(t.struct({ expanded_url: text }).nullable).nullable }

const XV1Status = {
  id_str: text,
  created_at: text,
  text,
  full_text: text,
  extended_tweet: t.struct({ full_text: text, entities: t.struct(XV1Entities).nullable }).nullable,
  lang: text,
  favorite_count: text,
  retweet_count: text,
  in_reply_to_status_id_str: text,
  user: t.struct(XV1User).nullable,
}

/** The keys of an X API v1.1 tweet that are read. */
export const XV1Tweet = schema({
  ...XV1Status,
  in_reply_to_user_id_str: text,
  in_reply_to_screen_name: text,
  entities: t.struct(XV1Entities).nullable,
  coordinates: t.struct({ coordinates: t.array(text).nullable }).nullable,
  place: t.struct({ country_code: text }).nullable,
  retweeted_status: t.struct({ ...XV1Status, quoted_status: t.struct(XV1Status).nullable }).nullable,
  quoted_status_id_str: text,
  quoted_status: t.struct(XV1Status).nullable,
})

/** The keys of a flat record, as the collector writes it: all text, `"None"` where unknown. */
export const FlatRecord = schema({
  status_id: text,
  status_created_at: text,
  status_kind: text,
  status_parent_id: text,
  status_parent_user_id: text,
  status_text: text,
  status_lang: text,
  status_user_id: text,
  status_user_screen_name: text,
  status_user_followers_count: text,
  status_user_location: text,
  searched_names: text,
  sentiment: text,
  sentiment_score: text,
  rt_status_id: text,
  rt_status_created_at: text,
  rt_status_text: text,
  rt_status_favorite_count: text,
  rt_status_retweet_count: text,
  rt_status_user_id: text,
  rt_status_user_name: text,
  rt_status_user_screen_name: text,
  rt_status_user_profile_image: text,
  rt_status_user_location: text,
  rt_status_user_followers_count: text,
  rt_status_user_friends_count: text,
  rt_status_user_statuses_count: text,
  rt_status_user_favourites_count: text,
  rt_status_user_listed_count: text,
})

/**
 * What every record is parsed as: the keys of one of the two common formats are null in the other, and all are in
 * the rest (`OtherRecord`), which are read from their text again, so that the common ones pay nothing for them.
 */
export const JsonRecord = schema({ ...FlatRecord, ...XV1Tweet })
