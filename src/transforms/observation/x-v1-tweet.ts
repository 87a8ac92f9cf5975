import { t, type ColumnsOf } from 'spark-connect-js'
import { coalesce, nullOf, upper, when } from 'spark-connect-js/functions'
import type { XV1Tweet } from '../../schema/json-record.ts'
import {
  countOf,
  known,
  numberOf,
  truth,
  within,
  xTime,
  type ObservationColumns,
} from './observation-columns.ts'

const [LONGITUDE, LATITUDE] = [0, 1] // GeoJSON's order

/**
 * An observation from an X API v1.1 tweet. A retweet's root is the tweet that it repeats, a quote's the tweet
 * quoted; a reply spreads nothing and is its own root, like an original.
 */
export const xV1Observation = (c: ColumnsOf<typeof XV1Tweet>): ObservationColumns => {
  const isRetweet = c.retweeted_status.isNotNull()
  const isQuote = c.quoted_status.isNotNull()
  const isReply = c.in_reply_to_status_id_str.isNotNull()
  const author = c.user
  const root = when(isRetweet, c.retweeted_status).when(isQuote, c.quoted_status)
  const isSpread = isRetweet.or(isQuote)
  const rootAuthor = when(isSpread, root.getField('user')).otherwise(author)
  const position = c.coordinates.getField('coordinates')
  const ownText = coalesce(c.extended_tweet.getField('full_text'), c.full_text, c.text)
  const rootText = coalesce(
    root.getField('extended_tweet').getField('full_text'),
    root.getField('full_text'),
    root.getField('text'),
  )
  return {
    term: nullOf(t.string),
    tweet_id: known(c.id_str),
    kind: when(isRetweet, 'retweet').when(isQuote, 'quote').when(isReply, 'reply').otherwise('original'),
    tweeted_at: xTime(c.created_at),
    author_id: known(author.getField('id_str')),
    author_name: known(author.getField('name')),
    author_screen_name: known(author.getField('screen_name')),
    author_followers: countOf(author.getField('followers_count')),
    author_location: known(author.getField('location')),
    author_verified: truth(author.getField('verified')),
    text: known(ownText),
    lang: known(c.lang),
    sentiment: nullOf(t.double),
    root_id: when(isSpread, known(root.getField('id_str'))).otherwise(known(c.id_str)),
    root_tweeted_at: when(isSpread, xTime(root.getField('created_at'))).otherwise(xTime(c.created_at)),
    root_text: when(isSpread, known(rootText)).otherwise(known(ownText)),
    root_retweets: when(isSpread, countOf(root.getField('retweet_count'))).otherwise(
      countOf(c.retweet_count),
    ),
    root_favourites: when(isSpread, countOf(root.getField('favorite_count'))).otherwise(
      countOf(c.favorite_count),
    ),
    root_author_id: known(rootAuthor.getField('id_str')),
    root_author_name: known(rootAuthor.getField('name')),
    root_author_screen_name: known(rootAuthor.getField('screen_name')),
    root_author_followers: countOf(rootAuthor.getField('followers_count')),
    root_author_friends: countOf(rootAuthor.getField('friends_count')),
    root_author_statuses: countOf(rootAuthor.getField('statuses_count')),
    root_author_listed: countOf(rootAuthor.getField('listed_count')),
    root_author_favourites_given: countOf(rootAuthor.getField('favourites_count')),
    root_author_location: known(rootAuthor.getField('location')),
    root_author_image: known(rootAuthor.getField('profile_image_url_https')),
    parent_id: known(c.in_reply_to_status_id_str),
    latitude: within(numberOf(position.getItem(LATITUDE)), -90, 90),
    longitude: within(numberOf(position.getItem(LONGITUDE)), -180, 180),
    place_country: upper(known(c.place.getField('country_code'))),
  }
}

/** Whether a record is an X API v1.1 tweet: an id as text, and a user. */
export const isXV1 = (c: ColumnsOf<typeof XV1Tweet>) => c.id_str.isNotNull().and(c.user.isNotNull())
