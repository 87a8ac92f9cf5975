import { t, type ColumnsOf, type StringColumn } from 'spark-connect-js'
import { coalesce, nullOf, when } from 'spark-connect-js/functions'
import type { FlatRecord } from '../../schema/json-record.ts'
import { known, type ObservationTexts } from './observation-texts.ts'

/**
 * An observation from a flat record: `status_*` is the tweet seen, `rt_status_*` the tweet that it spreads.
 * A record without a retweeted tweet is an original, and so its own root.
 */
export const flatTexts = (c: ColumnsOf<typeof FlatRecord>): ObservationTexts => {
  const isOriginal = known(c.rt_status_id).isNull()
  const ownOr = (own: StringColumn, root: StringColumn) => when(isOriginal, own).otherwise(root)
  const unknown = nullOf(t.string)
  return {
    term: c.searched_names,
    tweet_id: c.status_id,
    kind: coalesce(known(c.status_kind), when(isOriginal, 'original').otherwise('retweet')),
    tweeted_at: c.status_created_at,
    author_id: c.status_user_id,
    author_name: unknown,
    author_screen_name: c.status_user_screen_name,
    author_followers: c.status_user_followers_count,
    author_location: c.status_user_location,
    author_verified: unknown,
    text: coalesce(known(c.status_text), c.rt_status_text),
    lang: c.status_lang,
    sentiment: coalesce(known(c.sentiment_score), c.sentiment),
    root_id: ownOr(c.status_id, c.rt_status_id),
    root_tweeted_at: ownOr(c.status_created_at, c.rt_status_created_at),
    root_text: ownOr(c.status_text, c.rt_status_text),
    root_retweets: c.rt_status_retweet_count,
    root_favourites: c.rt_status_favorite_count,
    root_author_id: ownOr(c.status_user_id, c.rt_status_user_id),
    root_author_name: c.rt_status_user_name,
    root_author_screen_name: ownOr(c.status_user_screen_name, c.rt_status_user_screen_name),
    root_author_followers: ownOr(c.status_user_followers_count, c.rt_status_user_followers_count),
    root_author_friends: c.rt_status_user_friends_count,
    root_author_statuses: c.rt_status_user_statuses_count,
    root_author_listed: c.rt_status_user_listed_count,
    root_author_favourites_given: c.rt_status_user_favourites_count,
    root_author_location: ownOr(c.status_user_location, c.rt_status_user_location),
    root_author_image: c.rt_status_user_profile_image,
    parent_id: c.status_parent_id,
    latitude: unknown,
    longitude: unknown,
    place_country: unknown,
  }
}

/** Whether a record is flat: it has one of the two keys that a flat record cannot do without. */
export const isFlat = (c: ColumnsOf<typeof FlatRecord>) =>
  c.status_id.isNotNull().or(c.rt_status_id.isNotNull())
