import { t, type Column, type ColumnsOf } from 'spark-connect-js'
import { coalesce, nullOf, upper, when } from 'spark-connect-js/functions'
import type { XV1Tweet } from '../../schema/json-record.ts'
import type { ObservationTexts } from './observation-texts.ts'

const [LONGITUDE, LATITUDE] = [0, 1] // GeoJSON's order

type Tweet = ColumnsOf<typeof XV1Tweet>
type Status = Column<typeof XV1Tweet.retweeted_status>

/** The tweet that a v1.1 tweet spreads: the one retweeted, else the one quoted; null for any other. */
export const xV1Root = (c: Tweet): Status =>
  when(c.retweeted_status.isNotNull(), c.retweeted_status).otherwise(c.quoted_status)

/**
 * An observation from an X API v1.1 tweet and its root. A reply spreads nothing and is its own root, like an
 * original.
 */
export const xV1Texts = (c: Tweet, root: Status): ObservationTexts => {
  const author = c.user
  const rootAuthor = when(root.isNull(), author).otherwise(root.getField('user'))
  const position = c.coordinates.getField('coordinates')
  const text = coalesce(c.extended_tweet.getField('full_text'), c.full_text, c.text)
  const unknown = nullOf(t.string)
  return {
    term: unknown,
    tweet_id: c.id_str,
    kind: when(c.retweeted_status.isNotNull(), 'retweet')
      .when(c.quoted_status.isNotNull(), 'quote')
      .when(c.in_reply_to_status_id_str.isNotNull(), 'reply')
      .otherwise('original'),
    tweeted_at: c.created_at,
    author_id: author.getField('id_str'),
    author_name: author.getField('name'),
    author_screen_name: author.getField('screen_name'),
    author_followers: author.getField('followers_count'),
    author_location: author.getField('location'),
    author_verified: author.getField('verified'),
    text,
    lang: c.lang,
    sentiment: unknown,
    root_id: coalesce(root.getField('id_str'), c.id_str),
    root_tweeted_at: coalesce(root.getField('created_at'), c.created_at),
    root_text: when(root.isNull(), text).otherwise(statusText(root)),
    root_retweets: when(root.isNull(), c.retweet_count).otherwise(root.getField('retweet_count')),
    root_favourites: when(root.isNull(), c.favorite_count).otherwise(root.getField('favorite_count')),
    root_author_id: rootAuthor.getField('id_str'),
    root_author_name: rootAuthor.getField('name'),
    root_author_screen_name: rootAuthor.getField('screen_name'),
    root_author_followers: rootAuthor.getField('followers_count'),
    root_author_friends: rootAuthor.getField('friends_count'),
    root_author_statuses: rootAuthor.getField('statuses_count'),
    root_author_listed: rootAuthor.getField('listed_count'),
    root_author_favourites_given: rootAuthor.getField('favourites_count'),
    root_author_location: rootAuthor.getField('location'),
    root_author_image: rootAuthor.getField('profile_image_url_https'),
    parent_id: c.in_reply_to_status_id_str,
    latitude: position.getItem(LATITUDE),
    longitude: position.getItem(LONGITUDE),
    place_country: upper(c.place.getField('country_code')),
  }
}

const statusText = (status: Status) =>
  coalesce(
    status.getField('extended_tweet').getField('full_text'),
    status.getField('full_text'),
    status.getField('text'),
  )

/** Whether a record is an X API v1.1 tweet: an id as text, and a user. */
export const isXV1 = (c: Tweet) => c.id_str.isNotNull().and(c.user.isNotNull())
