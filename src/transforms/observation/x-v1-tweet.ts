import type { AnyType, Column, ColumnsOf } from 'spark-connect-js'
import { schema, t } from 'spark-connect-js'
import { coalesce, get, struct, transform, upper, when } from 'spark-connect-js/functions'
import { XV1Tweet } from '../../schema/json-record.ts'
import { computedOnce } from '../computed-once.ts'
import { structFields } from '../struct-fields.ts'
import { countOf, known, numberWithin, truth, UNKNOWN, xTime, type RecordColumns } from './text-readers.ts'

const [LONGITUDE, LATITUDE] = [0, 1] // GeoJSON's order

type Tweet = ColumnsOf<typeof XV1Tweet>
type Status = Column<typeof XV1Tweet.quoted_status>

/** What a tweet spreads, and whom it was spread or answered from: null where it is its own root, or none is named. */
const Ancestry = schema({
  kind: t.string,
  root: XV1Tweet.quoted_status,
  parent: XV1Tweet.quoted_status,
})

/**
 * An observation from an X API v1.1 tweet. The root of a quote is the tweet quoted, and so is that of a retweet of
 * a quote, whose parent is the quote. A reply spreads nothing and is its own root, like an original.
 */
export const xV1Observation = (tweet: Tweet) =>
  computedOnce(ancestryOf(tweet), (ancestry) => struct(xV1Columns(tweet, structFields(ancestry, Ancestry))))

const ancestryOf = (tweet: Tweet) => {
  const retweeted = tweet.retweeted_status.dropFields('quoted_status')
  const quoted = coalesce(tweet.retweeted_status.getField('quoted_status'), tweet.quoted_status)
  const isRetweet = retweeted.isNotNull()
  return struct({
    kind: when(isRetweet, 'retweet')
      .when(quoted.isNotNull(), 'quote')
      .when(known(tweet.in_reply_to_status_id_str).isNotNull(), 'reply')
      .otherwise('original'),
    root: coalesce(quoted, retweeted),
    parent: when(isRetweet.and(quoted.isNotNull()), retweeted).when(isRetweet.eq(false), quoted),
  })
}

const xV1Columns = (c: Tweet, { kind, root, parent }: ColumnsOf<typeof Ancestry>): RecordColumns => {
  const ofRoot = <T extends AnyType>(own: Column<T>, read: (root: Status) => Column<T>) =>
    when(root.isNotNull(), read(root)).otherwise(own)
  const rootUser = ofRoot(c.user, (status) => status.getField('user'))
  const [author, rootAuthor, parentAuthor] = [
    personOf(c.user),
    personOf(rootUser),
    personOf(parent.getField('user')),
  ]
  const position = c.coordinates.getField('coordinates')
  const isRetweet = kind.eq('retweet')
  const answered = <T extends AnyType>(value: Column<T>) => when(kind.eq('reply'), value)
  // A quote whose tweet did not come along: it is an original here, and names what it quotes.
  const unseenQuoted = when(kind.eq('original'), known(c.quoted_status_id_str))
  return {
    ...UNKNOWN,
    tweet_id: known(c.id_str),
    kind,
    tweeted_at: xTime(c.created_at),
    author_id: author.id,
    author_name: author.name,
    author_screen_name: author.screenName,
    author_followers: author.followers,
    author_location: author.location,
    author_verified: truth(c.user.getField('verified')),
    text: when(isRetweet.eq(false), textOf(c)),
    links: when(isRetweet.eq(false), linksOf(c)),
    lang: known(c.lang),
    root_id: ofRoot(known(c.id_str), (status) => known(status.getField('id_str'))),
    root_tweeted_at: ofRoot(xTime(c.created_at), (status) => xTime(status.getField('created_at'))),
    root_text: ofRoot(textOf(c), (status) => textOf(statusColumns(status))),
    root_retweets: ofRoot(countOf(c.retweet_count), (status) => countOf(status.getField('retweet_count'))),
    root_favourites: ofRoot(countOf(c.favorite_count), (status) =>
      countOf(status.getField('favorite_count')),
    ),
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
    parent_id: coalesce(
      known(parent.getField('id_str')),
      answered(known(c.in_reply_to_status_id_str)),
      unseenQuoted,
    ),
    parent_author_id: coalesce(parentAuthor.id, answered(known(c.in_reply_to_user_id_str))),
    parent_screen_name: coalesce(parentAuthor.screenName, answered(known(c.in_reply_to_screen_name))),
    latitude: numberWithin(get(position, LATITUDE), 90),
    longitude: numberWithin(get(position, LONGITUDE), 180),
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

const linksOf = ({ extended_tweet, entities }: Tweet) =>
  transform(coalesce(extended_tweet.getField('entities'), entities).getField('urls'), (url) =>
    known(url.getField('expanded_url')),
  )

/** Whether a record is an X API v1.1 tweet: an id as text, and a user. */
export const isXV1 = (c: Tweet) => c.id_str.isNotNull().and(c.user.isNotNull())
