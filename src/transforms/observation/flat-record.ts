import { t, type AnyType, type Column, type ColumnsOf } from 'spark-connect-js'
import { coalesce, nullOf, when } from 'spark-connect-js/functions'
import type { FlatRecord } from '../../schema/json-record.ts'
import { countOf, known, numberWithin, xTime, type RecordColumns } from './text-readers.ts'

/**
 * An observation from a flat record: `status_*` is the tweet seen, `rt_status_*` the tweet that it spreads.
 * A record without a retweeted tweet is an original, and so its own root.
 */
export const flatColumns = (c: ColumnsOf<typeof FlatRecord>): RecordColumns => {
  const isOriginal = known(c.rt_status_id).isNull()
  const kind = coalesce(known(c.status_kind), when(isOriginal, 'original').otherwise('retweet'))
  const ownOr = <T extends AnyType>(own: Column<T>, root: Column<T>) => when(isOriginal, own).otherwise(root)
  return {
    term: known(c.searched_names),
    tweet_id: known(c.status_id),
    edit_id: nullOf(t.string),
    kind,
    tweeted_at: xTime(c.status_created_at),
    author_id: known(c.status_user_id),
    author_name: nullOf(t.string),
    author_screen_name: known(c.status_user_screen_name),
    author_followers: countOf(c.status_user_followers_count),
    author_location: known(c.status_user_location),
    author_verified: nullOf(t.boolean),
    text: when(kind.eq('retweet').eq(false), known(c.status_text)),
    links: nullOf(t.array(t.string.nullable)),
    lang: known(c.status_lang),
    sentiment: coalesce(numberWithin(c.sentiment_score, 1), numberWithin(c.sentiment, 1)),
    root_id: ownOr(known(c.status_id), known(c.rt_status_id)),
    root_tweeted_at: ownOr(xTime(c.status_created_at), xTime(c.rt_status_created_at)),
    root_text: ownOr(known(c.status_text), known(c.rt_status_text)),
    root_retweets: countOf(c.rt_status_retweet_count),
    root_favourites: countOf(c.rt_status_favorite_count),
    root_author_id: ownOr(known(c.status_user_id), known(c.rt_status_user_id)),
    root_author_name: known(c.rt_status_user_name),
    root_author_screen_name: ownOr(known(c.status_user_screen_name), known(c.rt_status_user_screen_name)),
    root_author_followers: ownOr(
      countOf(c.status_user_followers_count),
      countOf(c.rt_status_user_followers_count),
    ),
    root_author_friends: countOf(c.rt_status_user_friends_count),
    root_author_statuses: countOf(c.rt_status_user_statuses_count),
    root_author_listed: countOf(c.rt_status_user_listed_count),
    root_author_favourites_given: countOf(c.rt_status_user_favourites_count),
    root_author_location: ownOr(known(c.status_user_location), known(c.rt_status_user_location)),
    root_author_image: known(c.rt_status_user_profile_image),
    parent_id: known(c.status_parent_id),
    parent_author_id: known(c.status_parent_user_id),
    parent_screen_name: nullOf(t.string),
    latitude: nullOf(t.double),
    longitude: nullOf(t.double),
    place_country: nullOf(t.string),
  }
}

/** Whether a record is flat: it has one of the two keys that a flat record cannot do without. */
export const isFlat = (c: ColumnsOf<typeof FlatRecord>) =>
  c.status_id.isNotNull().or(c.rt_status_id.isNotNull())
