import { schema, t, type AnyType, type Column, type ColumnsOf } from 'spark-connect-js'
import { coalesce, get, struct, when } from 'spark-connect-js/functions'
import type { OtherRecord } from '../../schema/other-record.ts'
import { XV2Includes, XV2Tweet, XV2User } from '../../schema/x-v2-record.ts'
import { computedOnce } from '../computed-once.ts'
import { structFields } from '../struct-fields.ts'
import { countOf, known, numberWithin, truth, UNKNOWN } from './text-readers.ts'
import {
  countryOf,
  editIdOf,
  firstTag,
  idReferred,
  linksOf,
  retweetedAuthorId,
  secondOf,
  textOf,
  timeOf,
  tweetIdOf,
  tweetWithId,
  userWithId,
  type Includes,
  type Tweet,
} from './x-v2-readers.ts'

const [LONGITUDE, LATITUDE] = [0, 1] // GeoJSON's order

const TweetType = t.struct(XV2Tweet).nullable
const UserType = t.struct(XV2User).nullable
type TweetColumn = Column<typeof TweetType>

/** The ids that a tweet names. */
const Named = schema({
  retweeted: t.string.nullable,
  quoted: t.string.nullable,
  replied_to: t.string.nullable,
})

/** What a tweet spreads (null if nothing), and whom it was spread or answered from, as far as the record says. */
const Ancestry = schema({
  kind: t.string,
  root: TweetType,
  root_id: t.string.nullable,
  parent: TweetType,
  parent_id: t.string.nullable,
})

const People = schema({
  author: UserType,
  root: UserType,
  root_author_id: t.string.nullable,
  parent: UserType,
})

/**
 * An observation from a line of the X API v2 stream: a tweet under `data`, with what it refers to under `includes`.
 * The root of a quote is the tweet quoted, and so is that of a retweet of a quote, whose parent is the quote.
 */
export const xV2Observation = (c: ColumnsOf<typeof OtherRecord>) => {
  const [tweet, includes] = [structFields(c.data, XV2Tweet), structFields(c.includes, XV2Includes)]
  return computedOnce(ancestryOf(tweet, includes), (found) => {
    const ancestry = structFields(found, Ancestry)
    return computedOnce(peopleOf(tweet, includes, ancestry), (people) =>
      struct({
        ...UNKNOWN,
        ...tweetColumns(tweet, ancestry.kind),
        place_country: countryOf(tweet, includes),
        ...peopleColumns(tweet, ancestry, structFields(people, People)),
        ...rootColumns(tweet, ancestry),
        parent_id: ancestry.parent_id,
        term: firstTag(c.matching_rules),
      }),
    )
  })
}

/** Whether a record holds a tweet of the X API v2. */
export const isXV2 = (c: ColumnsOf<typeof OtherRecord>) => c.data.getField('id').isNotNull()

const ancestryOf = (tweet: Tweet, includes: Includes) => {
  const named = struct({
    retweeted: idReferred(tweet, 'retweeted'),
    quoted: idReferred(tweet, 'quoted'),
    replied_to: idReferred(tweet, 'replied_to'),
  })
  return computedOnce(named, (ids) => {
    const { retweeted, quoted, replied_to } = structFields(ids, Named)
    return computedOnce(tweetWithId(includes, coalesce(retweeted, quoted)), (spread) => {
      const quotedBySpread = tweetWithId(includes, idReferred(structFields(spread, XV2Tweet), 'quoted'))
      return computedOnce(when(retweeted.isNotNull(), quotedBySpread), (beyond) => {
        const answered = tweetWithId(includes, replied_to)
        return ancestryStruct({ ids: structFields(ids, Named), spread, beyond, answered })
      })
    })
  })
}

interface Referred {
  readonly ids: ColumnsOf<typeof Named>
  readonly spread: TweetColumn
  readonly beyond: TweetColumn
  readonly answered: TweetColumn
}

/** A quote of a tweet that the record does not hold is no quote of it: its author would not be known. */
const ancestryStruct = ({ ids: { retweeted, quoted, replied_to }, spread, beyond, answered }: Referred) => {
  const isRetweet = retweeted.isNotNull()
  const parent = when(isRetweet, when(beyond.isNotNull(), spread)).otherwise(coalesce(spread, answered))
  return struct({
    kind: when(isRetweet, 'retweet')
      .when(spread.isNotNull(), 'quote')
      .when(replied_to.isNotNull(), 'reply')
      .otherwise('original'),
    root: coalesce(beyond, spread),
    root_id: coalesce(idOf(beyond), idOf(spread), retweeted),
    parent,
    parent_id: coalesce(idOf(parent), when(isRetweet.eq(false), coalesce(replied_to, quoted))),
  })
}

const idOf = (tweet: TweetColumn) => tweetIdOf(structFields(tweet, XV2Tweet))

const peopleOf = (
  tweet: Tweet,
  includes: Includes,
  { root, root_id, parent }: ColumnsOf<typeof Ancestry>,
) => {
  const spreadAuthorId = coalesce(known(root.getField('author_id')), retweetedAuthorId(tweet, includes))
  const rootAuthorId = when(root_id.isNull(), known(tweet.author_id)).otherwise(spreadAuthorId)
  return struct({
    author: userWithId(includes, tweet.author_id),
    root: userWithId(includes, rootAuthorId),
    root_author_id: rootAuthorId,
    parent: userWithId(includes, coalesce(parent.getField('author_id'), tweet.in_reply_to_user_id)),
  })
}

const tweetColumns = (tweet: Tweet, kind: Column<typeof t.string>) => {
  const position = tweet.geo.getField('coordinates').getField('coordinates')
  const own = <T extends AnyType>(value: Column<T>) => when(kind.eq('retweet').eq(false), value)
  return {
    tweet_id: tweetIdOf(tweet),
    edit_id: editIdOf(tweet),
    kind,
    tweeted_at: timeOf(tweet),
    text: own(textOf(tweet)),
    links: own(linksOf(tweet)),
    lang: known(tweet.lang),
    latitude: numberWithin(get(position, LATITUDE), 90),
    longitude: numberWithin(get(position, LONGITUDE), 180),
  }
}

/** A retweet's own counters are its root's, except for the likes, which it says are none. */
const rootColumns = (tweet: Tweet, { kind, root, root_id }: ColumnsOf<typeof Ancestry>) => {
  const rootTweet = structFields(root, XV2Tweet)
  const ofRoot = <T extends AnyType>(read: (tweet: Tweet) => Column<T>) =>
    when(root_id.isNull(), read(tweet)).otherwise(read(rootTweet))
  const isUnseen = kind.eq('retweet').and(root.isNull())
  return {
    root_id: coalesce(root_id, tweetIdOf(tweet)),
    root_tweeted_at: coalesce(ofRoot(timeOf), secondOf(root_id)),
    root_text: ofRoot(textOf),
    root_retweets: coalesce(ofRoot(retweetsOf), when(isUnseen, retweetsOf(tweet))),
    root_favourites: ofRoot((one) => countOf(one.public_metrics.getField('like_count'))),
  }
}

const retweetsOf = (tweet: Tweet) => countOf(tweet.public_metrics.getField('retweet_count'))

const peopleColumns = (
  tweet: Tweet,
  ancestry: ColumnsOf<typeof Ancestry>,
  people: ColumnsOf<typeof People>,
) => {
  const [author, root, parent] = [personOf(people.author), personOf(people.root), personOf(people.parent)]
  const answered = when(ancestry.kind.eq('reply'), known(tweet.in_reply_to_user_id))
  return {
    author_id: known(tweet.author_id),
    author_name: author.name,
    author_screen_name: author.screenName,
    author_followers: author.followers,
    author_location: author.location,
    author_verified: truth(people.author.getField('verified')),
    root_author_id: people.root_author_id,
    root_author_name: root.name,
    root_author_screen_name: root.screenName,
    root_author_followers: root.followers,
    root_author_friends: root.friends,
    root_author_statuses: root.statuses,
    root_author_listed: root.listed,
    root_author_favourites_given: root.favouritesGiven,
    root_author_location: root.location,
    root_author_image: root.image,
    parent_author_id: coalesce(known(ancestry.parent.getField('author_id')), answered),
    parent_screen_name: when(ancestry.parent_id.isNotNull(), parent.screenName),
  }
}

const personOf = (user: Column<typeof UserType>) => {
  const count = (
    name: 'followers_count' | 'following_count' | 'tweet_count' | 'listed_count' | 'like_count',
  ) => countOf(user.getField('public_metrics').getField(name))
  return {
    name: known(user.getField('name')),
    screenName: known(user.getField('username')),
    location: known(user.getField('location')),
    image: known(user.getField('profile_image_url')),
    followers: count('followers_count'),
    friends: count('following_count'),
    statuses: count('tweet_count'),
    listed: count('listed_count'),
    favouritesGiven: count('like_count'),
  }
}
