import { type JsonObject, elementsOf, known, objectOf } from './json.ts'
import { type Reading, refused } from './reading.ts'
import { isoTimeMs, microsTimeMs, tidTimeMs } from './times.ts'
import { type Root, type Tweet, UNKNOWN_AUTHOR } from './tweet.ts'

export const POST = 'app.bsky.feed.post'
export const REPOST = 'app.bsky.feed.repost'
export const LIKE = 'app.bsky.feed.like'
const FOLLOW = 'app.bsky.graph.follow'

/** A post by its address: whose it is, and its key. An address by a handle instead of a DID names nobody for good. */
const POST_URI = /^at:\/\/(did:[^/]+)\/app\.bsky\.feed\.post\/([^/]+)$/
/** Whose record it is, whatever its kind. */
const RECORD_URI = /^at:\/\/(did:[^/]+)\//

/** Whether an object is an event of Bluesky's Jetstream. */
export const isJetstream = (json: JsonObject): boolean =>
  known(json['did']) !== null && ['commit', 'identity', 'account'].includes(known(json['kind']) ?? '')

/**
 * What a Jetstream event says: a post, a repost or a like. Ids are at:// addresses, people are DIDs, and no more is
 * known of them. Times are Jetstream's own: `createdAt` is what a client claims.
 */
export function readJetstream(event: JsonObject): Reading {
  const commit = objectOf(event['commit']) ?? {}
  const collection = known(commit['collection']) ?? ''
  const record = objectOf(commit['record'])
  const did = known(event['did']) ?? ''
  const id = `at://${did}/${collection}/${known(commit['rkey'])}`
  const atMs = microsTimeMs(event['time_us']) ?? isoTimeMs(record?.['createdAt'])
  const isGone = event['kind'] === 'account' && objectOf(event['account'])?.['active'] === false
  if (isGone) return { is: 'notice', about: did, atMs }
  const isDeleted = commit['operation'] === 'delete' && [POST, REPOST, LIKE, FOLLOW].includes(collection)
  if (isDeleted || (record !== null && collection === FOLLOW)) return { is: 'notice', about: id, atMs }
  const own = { term: null, id, tweetedAtMs: atMs, author: { ...UNKNOWN_AUTHOR, id: did } }
  if (record !== null && collection === POST) return { is: 'tweet', tweet: postOf(record, own) }
  if (record !== null && collection === REPOST) return spreadOf(record, { ...own, kind: 'retweet' })
  if (record !== null && collection === LIKE) return spreadOf(record, { ...own, kind: 'like' })
  return refused(whyNot(event, collection))
}

function whyNot(event: JsonObject, collection: string): string {
  if (event['kind'] === 'commit') return `a Bluesky record of a kind that is not read: ${collection}`
  return event['kind'] === 'identity'
    ? 'an identity event, of which nothing is kept'
    : 'an account that is active again, of which nothing is kept'
}

type Own = Pick<Tweet, 'term' | 'id' | 'tweetedAtMs' | 'author'>

/** A post, which may quote or answer another. */
function postOf(record: JsonObject, own: Own): Tweet {
  const text = known(record['text'])
  const embedded = objectOf(objectOf(record['embed'])?.['record'])
  const address = uriOf(embedded?.['record']) ?? uriOf(embedded) ?? ''
  const quoted = POST_URI.test(address) ? address : null // lists and feeds are embedded alike
  const answered = uriOf(objectOf(record['reply'])?.['parent'])
  const parentId = quoted ?? answered
  return {
    ...own,
    kind: quoted !== null ? 'quote' : answered !== null ? 'reply' : 'original',
    text,
    lang: languageOf(record),
    root:
      quoted === null ? { ...rootAt(own.id, own), tweetedAtMs: own.tweetedAtMs, text } : rootAt(quoted, own),
    parentId,
    parentAuthorId: ownerOf(parentId),
  }
}

/** The first language that a post names, without its region. */
export const languageOf = (record: JsonObject): string | null =>
  known(elementsOf(record['langs'])[0])?.split('-')[0]?.toLowerCase() ?? null

/** A repost or a like; a repost may say by whose repost it came. */
function spreadOf(record: JsonObject, own: Own & Pick<Tweet, 'kind'>): Reading {
  const root = rootAt(uriOf(record['subject']), own)
  if (root.id === null) return refused('a repost or like of what is no post')
  const parentId = own.kind === 'retweet' ? uriOf(record['via']) : null
  return {
    is: 'tweet',
    tweet: { ...own, text: null, lang: null, root, parentId, parentAuthorId: ownerOf(parentId) },
  }
}

const uriOf = (reference: unknown): string | null => known(objectOf(reference)?.['uri'])

const ownerOf = (address: string | null): string | null => RECORD_URI.exec(address ?? '')?.[1] ?? null

/**
 * A root by its address alone. Its key tells when it was made, if it is a TID; what is spread is in any case no
 * younger than the event that spreads it, whatever a client claims.
 */
function rootAt(address: string | null, { tweetedAtMs }: Own): Root {
  const [id = null, authorId = null, key = ''] = POST_URI.exec(address ?? '') ?? []
  const keyMs = tidTimeMs(key)
  return {
    id,
    tweetedAtMs:
      keyMs === null || tweetedAtMs === null ? (keyMs ?? tweetedAtMs) : Math.min(keyMs, tweetedAtMs),
    text: null,
    retweets: null,
    favourites: null,
    author: { ...UNKNOWN_AUTHOR, id: authorId },
  }
}
