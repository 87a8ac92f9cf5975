import {
  t,
  type AnyType,
  type ArrayType,
  type BooleanColumn,
  type Column,
  type ColumnsOf,
} from 'spark-connect-js'
import {
  array,
  coalesce,
  dateTrunc,
  filter,
  get,
  size,
  transform,
  upper,
  when,
} from 'spark-connect-js/functions'
import type { OtherRecord } from '../../schema/other-record.ts'
import type { XV2Includes, XV2Tweet } from '../../schema/x-v2-record.ts'
import { snowflakeTime } from './id-times.ts'
import { isoTime, known } from './text-readers.ts'

export type Tweet = ColumnsOf<typeof XV2Tweet>
export type Includes = ColumnsOf<typeof XV2Includes>

type Text = Column<typeof t.string.nullable>

const firstOf = <E extends AnyType>(
  column: Column<ArrayType<E, boolean>>,
  condition: (element: Column<E>) => BooleanColumn,
) => get(filter(column, condition), 0)

/** The id of the tweet that one retweets, quotes or answers, as it says. */
export const idReferred = (tweet: Tweet, type: 'retweeted' | 'quoted' | 'replied_to'): Text =>
  known(firstOf(tweet.referenced_tweets, (reference) => reference.getField('type').eq(type)).getField('id'))

export const tweetWithId = ({ tweets }: Includes, id: Text) =>
  firstOf(tweets, (tweet) => tweet.getField('id').eq(id))

export const userWithId = ({ users }: Includes, id: Text) =>
  firstOf(users, (user) => user.getField('id').eq(id))

// The text of a retweet begins `RT @name: `: whom it retweets is mentioned behind three characters.
const RETWEETED_MENTION_START = '3'

/** The id of the author whom one retweets, as far as the mention tells. */
export const retweetedAuthorId = ({ entities }: Tweet, { users }: Includes): Text => {
  const mention = firstOf(entities.getField('mentions'), (one) =>
    one.getField('start').eq(RETWEETED_MENTION_START),
  )
  const user = firstOf(users, (one) => one.getField('username').eq(mention.getField('username')))
  return coalesce(known(mention.getField('id')), user.getField('id'))
}

/** The same for all versions of an edited tweet: the id of the first. */
export const tweetIdOf = (tweet: Tweet): Text =>
  known(coalesce(get(tweet.edit_history_tweet_ids, 0), tweet.id))

const isEdited = (tweet: Tweet) => size(tweet.edit_history_tweet_ids).gt(1)

/** The version's own id, where there are several. */
export const editIdOf = (tweet: Tweet): Text => when(isEdited(tweet), known(tweet.id))

/** The same for all versions, so that their sightings stand side by side; in whole seconds, as X says it. */
export const timeOf = (tweet: Tweet): Column<typeof t.timestamp.nullable> =>
  coalesce(when(isEdited(tweet), secondOf(tweetIdOf(tweet))), isoTime(tweet.created_at), secondOf(tweet.id))

/** The second at which X made an id. */
export const secondOf = (id: Text): Column<typeof t.timestamp.nullable> =>
  dateTrunc('second', snowflakeTime(id))

export const textOf = (tweet: Tweet): Text =>
  coalesce(known(tweet.note_tweet.getField('text')), known(tweet.text))

export const linksOf = ({ note_tweet, entities }: Tweet) => {
  const urls = coalesce(note_tweet.getField('entities').getField('urls'), entities.getField('urls'))
  const links = transform(urls, (url) =>
    coalesce(known(url.getField('unwound_url')), known(url.getField('expanded_url'))),
  )
  return when(entities.isNotNull(), coalesce(links, array()))
}

export const countryOf = ({ geo }: Tweet, { places }: Includes): Text => {
  const place = firstOf(places, (one) => one.getField('id').eq(geo.getField('place_id')))
  return upper(known(place.getField('country_code')))
}

/** The first tag of the rules that a line of the stream matched: what was searched. */
export const firstTag = (rules: ColumnsOf<typeof OtherRecord>['matching_rules']): Text =>
  get(
    filter(
      transform(rules, (rule) => known(rule.getField('tag'))),
      (tag) => tag.isNotNull(),
    ),
    0,
  )
