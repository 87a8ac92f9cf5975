import type { AnyType, Column, ColumnsOf } from 'spark-connect-js'
import { coalesce, concat, lower, regexpExtract, when } from 'spark-connect-js/functions'
import type { FlatRecord } from '../../schema/json-record.ts'
import { countOf, known, numberWithin, UNKNOWN, xTime, type RecordColumns } from './text-readers.ts'

/** The name that a text of retweets within retweets, `RT @a: RT @b: ...`, puts first. */
const FIRST_NAME = String.raw`^RT @(\w+):`

type Flat = ColumnsOf<typeof FlatRecord>

/**
 * An observation from a flat record: `status_*` is the tweet seen, `rt_status_*` the tweet that it spreads.
 * A reply, or a record without a tweet that it spreads, is its own root.
 */
export const flatColumns = (c: Flat): RecordColumns => {
  const isReply = c.status_kind.eqNullSafe('reply')
  // What says that it is a retweet but not of what has no root at all.
  const isOwnRoot = when(known(c.rt_status_id).isNotNull(), isReply).otherwise(
    c.status_kind.eqNullSafe('retweet').eq(false),
  )
  const ofRoot = <T extends AnyType>(root: Column<T>) => when(isOwnRoot.eq(false), root)
  const ownOr = <T extends AnyType>(own: Column<T>, root: Column<T>) => when(isOwnRoot, own).otherwise(root)
  const kind = kindOf(c)
  return {
    ...UNKNOWN,
    term: known(c.searched_names),
    tweet_id: known(c.status_id),
    kind,
    tweeted_at: xTime(c.status_created_at),
    author_id: known(c.status_user_id),
    author_screen_name: known(c.status_user_screen_name),
    author_followers: countOf(c.status_user_followers_count),
    author_location: known(c.status_user_location),
    text: when(kind.eq('retweet').eq(false), known(c.status_text)),
    lang: known(c.status_lang),
    sentiment: coalesce(numberWithin(c.sentiment_score, 1), numberWithin(c.sentiment, 1)),
    root_id: ownOr(known(c.status_id), known(c.rt_status_id)),
    root_tweeted_at: ownOr(xTime(c.status_created_at), xTime(c.rt_status_created_at)),
    root_text: ownOr(known(c.status_text), known(c.rt_status_text)),
    root_retweets: ofRoot(countOf(c.rt_status_retweet_count)),
    root_favourites: ofRoot(countOf(c.rt_status_favorite_count)),
    root_author_id: ownOr(known(c.status_user_id), known(c.rt_status_user_id)),
    root_author_name: ofRoot(known(c.rt_status_user_name)),
    root_author_screen_name: ownOr(known(c.status_user_screen_name), known(c.rt_status_user_screen_name)),
    root_author_followers: ownOr(
      countOf(c.status_user_followers_count),
      countOf(c.rt_status_user_followers_count),
    ),
    root_author_friends: ofRoot(countOf(c.rt_status_user_friends_count)),
    root_author_statuses: ofRoot(countOf(c.rt_status_user_statuses_count)),
    root_author_listed: ofRoot(countOf(c.rt_status_user_listed_count)),
    root_author_favourites_given: ofRoot(countOf(c.rt_status_user_favourites_count)),
    root_author_location: ownOr(known(c.status_user_location), known(c.rt_status_user_location)),
    root_author_image: ofRoot(known(c.rt_status_user_profile_image)),
    ...parentColumns(c),
  }
}

/** What a record says it is counts only where it fits what it holds. */
const kindOf = ({ status_kind: said, status_id: id, rt_status_id: root }: Flat) =>
  when(known(root).isNull().or(root.eq(id)), when(said.isin('retweet', 'reply'), said).otherwise('original'))
    .when(said.isin('quote', 'reply', 'like'), said)
    .otherwise('retweet')

/** Who is quoted or answered stands under `rt_status_*`, if nowhere else. */
const parentColumns = (c: Flat) => {
  const named = <T extends AnyType>(value: Column<T>) =>
    when(c.status_kind.isin('quote', 'reply').and(known(c.rt_status_id).isNotNull()), value)
  return {
    parent_id: coalesce(known(c.status_parent_id), named(known(c.rt_status_id))),
    parent_author_id: coalesce(known(c.status_parent_user_id), named(known(c.rt_status_user_id))),
    parent_screen_name: firstRetweeted(c),
  }
}

/** Whom the text of a retweet names first, if that is not the root's author, to whom it leads in the end. */
const firstRetweeted = ({ status_text: text, rt_status_user_screen_name: name }: Flat) => {
  const rootName = known(name)
  const first = regexpExtract(text, FIRST_NAME, 1)
  // Most do name the root's author, and a comparison is cheaper than a pattern.
  const isOther = text.startswith(concat('RT @', rootName, ':')).eq(false)
  return when(
    isOther.and(
      first
        .eq('')
        .or(lower(first).eq(lower(rootName)))
        .eq(false),
    ),
    first,
  )
}

/** Whether a record is flat: it has one of the two keys that a flat record cannot do without. */
export const isFlat = (c: Flat) => c.status_id.isNotNull().or(c.rt_status_id.isNotNull())
