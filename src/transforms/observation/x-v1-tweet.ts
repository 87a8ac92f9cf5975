import type { AnyType, Column, ColumnsOf } from 'spark-connect-js'
import { t } from 'spark-connect-js'
import { coalesce, nullOf, upper, when } from 'spark-connect-js/functions'
import type { XV1Tweet } from '../../schema/json-record.ts'
import { countOf, known, numberWithin, truth, xTime, type RecordColumns } from './text-readers.ts'

const [LONGITUDE, LATITUDE] = [0, 1] // GeoJSON's order

type Tweet = ColumnsOf<typeof XV1Tweet>
type Status = Column<typeof XV1Tweet.retweeted_status>

/**
 * An observation from an X API v1.1 tweet and its root: the tweet retweeted, else the one quoted. A reply spreads
 * nothing and is its own root, like an original.
 */
export const xV1Columns = (c: Tweet): RecordColumns => {
  const ofRoot = <T extends AnyType>(own: Column<T>, read: (root: Status) => Column<T>) =>
    when(c.retweeted_status.isNotNull(), read(c.retweeted_status))
      .when(c.quoted_status.isNotNull(), read(c.quoted_status))
      .otherwise(own)
  const rootUser = ofRoot(c.user, (root) => root.getField('user'))
  const [author, rootAuthor] = [personOf(c.user), personOf(rootUser)]
  const position = c.coordinates.getField('coordinates')
  const text = textOf(c)
  return {
    term: nullOf(t.string),
    tweet_id: known(c.id_str),
    edit_id: nullOf(t.string),
    kind: when(c.retweeted_status.isNotNull(), 'retweet')
      .when(c.quoted_status.isNotNull(), 'quote')
      .when(c.in_reply_to_status_id_str.isNotNull(), 'reply')
      .otherwise('original'),
    tweeted_at: xTime(c.created_at),
    author_id: author.id,
    author_name: author.name,
    author_screen_name: author.screenName,
    author_followers: author.followers,
    author_location: author.location,
    author_verified: truth(c.user.getField('verified')),
    text: when(c.retweeted_status.isNull(), text),
    links: nullOf(t.array(t.string.nullable)),
    lang: known(c.lang),
    sentiment: nullOf(t.double),
    root_id: ofRoot(known(c.id_str), (root) => known(root.getField('id_str'))),
    root_tweeted_at: ofRoot(xTime(c.created_at), (root) => xTime(root.getField('created_at'))),
    root_text: ofRoot(text, (root) => textOf(statusColumns(root))),
    root_retweets: ofRoot(countOf(c.retweet_count), (root) => countOf(root.getField('retweet_count'))),
    root_favourites: ofRoot(countOf(c.favorite_count), (root) => countOf(root.getField('favorite_count'))),
    root_author_id: rootAuthor.id,
    root_author_name: rootAuthor.name,
    root_author_screen_name: rootAuthor.screenName,
    root_author_followers: rootAuthor.followers,
    root_author_friends: countOf(rootUser.getField('friends_count')),
    root_author_statuses: countOf(rootUser.getField('statuses_count')),
    root_author_listed: countOf(rootUser.getField('listed_count')),
    root_author_favourites_given: countOf(rootUser.getField('favourites_count')),
    root_author_location: rootAuthor.location,
    root_author_image: known(rootUser.getField('profile_image_url_https')),
    parent_id: known(c.in_reply_to_status_id_str),
    parent_author_id: nullOf(t.string),
    parent_screen_name: nullOf(t.string),
    latitude: numberWithin(position.getItem(LATITUDE), 90),
    longitude: numberWithin(position.getItem(LONGITUDE), 180),
    place_country: upper(known(c.place.getField('country_code'))),
  }
}

/** What is kept of a tweet's author and of its root's author alike. */
const personOf = (user: Tweet['user']) => ({
  id: known(user.getField('id_str')),
  name: known(user.getField('name')),
  screenName: known(user.getField('screen_name')),
  followers: countOf(user.getField('followers_count')),
  location: known(user.getField('location')),
})

type Texts = Pick<Tweet, 'extended_tweet' | 'full_text' | 'text'>

const statusColumns = (status: Status): Texts => ({
  extended_tweet: status.getField('extended_tweet'),
  full_text: status.getField('full_text'),
  text: status.getField('text'),
})

const textOf = ({ extended_tweet, full_text, text }: Texts) =>
  coalesce(known(extended_tweet.getField('full_text')), known(full_text), known(text))

/** Whether a record is an X API v1.1 tweet: an id as text, and a user. */
export const isXV1 = (c: Tweet) => c.id_str.isNotNull().and(c.user.isNotNull())
