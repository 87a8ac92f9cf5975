import { t, type Column, type ColumnsOf } from 'spark-connect-js'
import {
  array,
  arrayCompact,
  arrayDistinct,
  coalesce,
  concat,
  flatten,
  get,
  getJsonObject,
  least,
  lit,
  lower,
  nullOf,
  regexpExtract,
  split,
  struct,
  transform,
  when,
} from 'spark-connect-js/functions'
import { BlueskyRecord } from '../../schema/jetstream-event.ts'
import type { OtherRecord } from '../../schema/other-record.ts'
import { structFields } from '../struct-fields.ts'
import { microsTime, tidTime } from './id-times.ts'
import { isoTime, known, UNKNOWN } from './text-readers.ts'

type Event = ColumnsOf<typeof OtherRecord>
type Text = Column<typeof t.string.nullable>

const POST = 'app.bsky.feed.post'
const REPOST = 'app.bsky.feed.repost'
const LIKE = 'app.bsky.feed.like'
const FOLLOW = 'app.bsky.graph.follow'

/** A post by its address: whose it is, and its key. An address by a handle instead of a DID names nobody for good. */
const POST_URI = String.raw`^at://(did:[^/]+)/app\.bsky\.feed\.post/([^/]+)$`
/** Whose record it is, whatever its kind. */
const RECORD_URI = '^at://(did:[^/]+)/'

/** Whether a record is an event of Bluesky's Jetstream. */
export const isJetstream = (c: Event) => c.did.isNotNull().and(c.kind.isin('commit', 'identity', 'account'))

/**
 * An observation from a Jetstream event. Ids are at:// addresses, people are DIDs, and no more is known of them.
 * Times are Jetstream's own: `createdAt` is what a client claims.
 */
export const jetstreamObservation = (c: Event) => {
  const collection = c.commit.getField('collection')
  const base = { ...UNKNOWN, author_id: known(c.did), tweeted_at: timeOf(c) }
  const own = { ...base, tweet_id: concat('at://', c.did, '/', collection, '/', c.commit.getField('rkey')) }
  const isGone = c.kind.eq('account').and(c.account.getField('active').eq('false'))
  const isDeleted = c.commit
    .getField('operation')
    .eq('delete')
    .and(collection.isin(POST, REPOST, LIKE, FOLLOW))
  const isWritten = c.commit.getField('record').isNotNull()
  const { subject } = recordOf(c)
  return when(isGone, struct({ ...base, kind: lit('delete') }))
    .when(isDeleted, struct({ ...own, kind: lit('delete') }))
    .when(isWritten.and(collection.eq(POST)), struct({ ...own, ...postColumns(c, own) }))
    .when(isWritten.and(collection.isin(REPOST, LIKE)), struct({ ...own, ...spreadColumns(c, own) }))
    .when(
      isWritten.and(collection.eq(FOLLOW)),
      struct({ ...own, kind: lit('follow'), parent_author_id: known(subject) }),
    )
    .otherwise(struct({ ...base, reject_reason: whyNot(c) }))
}

const recordOf = (c: Event) => structFields(c.commit.getField('record'), BlueskyRecord)

const timeOf = (c: Event) => coalesce(microsTime(c.time_us), isoTime(recordOf(c).createdAt))

interface Own {
  readonly tweet_id: Text
  readonly author_id: Text
  readonly tweeted_at: Column<typeof t.timestamp.nullable>
}

/** A repost or a like; a repost may say by whose repost it came. */
const spreadColumns = (c: Event, own: Own) => {
  const { subject, via } = recordOf(c)
  const kind = when(c.commit.getField('collection').eq(LIKE), 'like').otherwise('retweet')
  const parent = when(kind.eq('retweet'), via.getField('uri'))
  const root = rootColumns(getJsonObject(subject, '$.uri'), own)
  return {
    ...root,
    kind,
    parent_id: parent,
    parent_author_id: ownerOf(parent),
    reject_reason: when(root.root_id.isNull(), 'a repost or like of what is no post'),
  }
}

/** A post, which may quote or answer another. */
const postColumns = (c: Event, own: Own) => {
  const { text, langs, reply, embed } = recordOf(c)
  const embedded = embed.getField('record')
  const address = coalesce(embedded.getField('record').getField('uri'), embedded.getField('uri'))
  const quoted = when(address.rlike(POST_URI), address) // lists and feeds are embedded alike
  const answered = known(reply.getField('parent').getField('uri'))
  const root = rootColumns(coalesce(quoted, own.tweet_id), own)
  const parent = coalesce(quoted, answered)
  return {
    ...root,
    kind: when(quoted.isNotNull(), 'quote').when(answered.isNotNull(), 'reply').otherwise('original'),
    text: known(text),
    links: linksOf(c),
    lang: lower(get(split(get(langs, 0), '-'), 0)),
    root_tweeted_at: when(quoted.isNull(), own.tweeted_at).otherwise(root.root_tweeted_at),
    root_text: when(quoted.isNull(), known(text)),
    parent_id: parent,
    parent_author_id: ownerOf(parent),
  }
}

/**
 * A root by its address alone. Its key tells when it was made, if it is a TID; what is spread is in any case no
 * younger than the event that spreads it, whatever a client claims.
 */
const rootColumns = (address: Text, { tweeted_at }: Own) => ({
  root_id: when(address.rlike(POST_URI), address),
  root_author_id: known(regexpExtract(address, POST_URI, 1)),
  root_tweeted_at: least(tidTime(regexpExtract(address, POST_URI, 2)), tweeted_at),
})

const ownerOf = (address: Text): Text => known(regexpExtract(address, RECORD_URI, 1))

const linksOf = (c: Event) => {
  const { facets, embed } = recordOf(c)
  const inText = transform(facets, (facet) =>
    coalesce(
      transform(facet.getField('features'), (feature) => feature.getField('uri')),
      array(nullOf(t.string)),
    ),
  )
  const cards = array(
    embed.getField('external').getField('uri'),
    embed.getField('media').getField('external').getField('uri'),
  )
  return arrayDistinct(arrayCompact(concat(coalesce(flatten(inText), cards), cards)))
}

const whyNot = (c: Event) =>
  when(
    c.kind.eq('commit'),
    concat('a Bluesky record of a kind that is not read: ', c.commit.getField('collection')),
  )
    .when(c.kind.eq('identity'), 'an identity event, of which nothing is kept')
    .otherwise('an account that is active again, of which nothing is kept')
