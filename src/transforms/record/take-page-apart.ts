import { schema, t, type Column, type ColumnsOf, type StringColumn } from 'spark-connect-js'
import {
  arrayJoin,
  coalesce,
  concat,
  exists,
  filter,
  fromJson,
  lit,
  size,
  struct,
  transform,
  when,
} from 'spark-connect-js/functions'
import { XV2Links, XV2Page } from '../../schema/x-v2-record.ts'
import { computedOnce } from '../computed-once.ts'
import { JSON_OPTIONS } from './json-options.ts'
import { structFields } from '../struct-fields.ts'

const LinksType = t.struct(XV2Links).nullable
const ReadableType = t.struct({ json: t.string.nullable, links: LinksType })
const ReadablesType = t.array(ReadableType).nullable
const Included = schema({ users: ReadablesType, tweets: ReadablesType, places: ReadablesType })

type Texts = Column<typeof XV2Page.data>
type Links = Column<typeof LinksType>
type Readable = Column<typeof ReadableType>
type Readables = Column<typeof ReadablesType>

/**
 * The tweets of an X API v2 page as lines of its stream, each with what it refers to and nothing else of the page;
 * null if the text is no page, or one without tweets. A retweeted tweet's own references come along.
 */
export const takePageApart = (record: StringColumn): Texts =>
  computedOnce(fromJson(record, XV2Page, JSON_OPTIONS), (page) => {
    const included = page.getField('includes')
    const readable = struct({
      users: withLinks(included.getField('users')),
      tweets: withLinks(included.getField('tweets')),
      places: withLinks(included.getField('places')),
    })
    const lines = computedOnce(readable, (includes) =>
      transform(page.getField('data'), (tweet) =>
        streamLine(coalesce(tweet, lit('null')), structFields(includes, Included)),
      ),
    )
    return when(size(page.getField('data')).gt(0), lines)
  })

const withLinks = (texts: Texts) =>
  transform(texts, (json) => struct({ json, links: fromJson(json, XV2Links, JSON_OPTIONS) }))

const streamLine = (tweet: Column<typeof t.string>, { users, tweets, places }: ColumnsOf<typeof Included>) =>
  computedOnce(fromJson(tweet, XV2Links, JSON_OPTIONS), (links) =>
    computedOnce(tweetsFor(links, tweets), (referred) =>
      concat(
        '{"data":',
        tweet,
        ',"includes":{"users":[',
        joined(
          filter(users, (user) =>
            isNamed(user, links).or(exists(referred, (by) => isNamed(user, by.getField('links')))),
          ),
        ),
        '],"tweets":[',
        joined(referred),
        '],"places":[',
        joined(filter(places, (place) => idOf(place).eq(links.getField('geo').getField('place_id')))),
        ']}}',
      ),
    ),
  )

/** The tweets that one refers to, and those that they refer to. */
const tweetsFor = (links: Links, tweets: Readables) =>
  computedOnce(
    filter(tweets, (tweet) => refersTo(links, tweet)),
    (direct) =>
      filter(tweets, (tweet) =>
        refersTo(links, tweet).or(exists(direct, (by) => refersTo(by.getField('links'), tweet))),
      ),
  )

const idOf = (readable: Readable) => readable.getField('links').getField('id')

const refersTo = (links: Links, tweet: Readable) =>
  exists(links.getField('referenced_tweets'), (reference) => reference.getField('id').eq(idOf(tweet)))

/** Whether a user wrote a tweet, is answered in it or mentioned. */
const isNamed = (user: Readable, by: Links) =>
  idOf(user)
    .eq(by.getField('author_id'))
    .or(idOf(user).eq(by.getField('in_reply_to_user_id')))
    .or(
      exists(by.getField('entities').getField('mentions'), (mention) =>
        mention.getField('username').eq(user.getField('links').getField('username')),
      ),
    )

const joined = (readables: Readables) =>
  coalesce(
    arrayJoin(
      transform(readables, (readable) => readable.getField('json')),
      ',',
    ),
    lit(''),
  )
