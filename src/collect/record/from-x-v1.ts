import { type JsonObject, countOf, known, objectOf } from './json.ts'
import { xTimeMs } from './times.ts'
import type { Author, Kind, Root, Tweet } from './tweet.ts'

/** Whether an object is an X API v1.1 tweet: an id as text, and a user. */
export const isXV1 = (json: JsonObject): boolean =>
  json['id_str'] !== undefined && json['id_str'] !== null && objectOf(json['user']) !== null

/**
 * A tweet of the X API v1.1. The root of a quote is the tweet quoted, and so is that of a retweet of a quote, whose
 * parent is the quote: docs/formats.md.
 */
export function tweetFromXV1(json: JsonObject): Tweet {
  const retweeted = objectOf(json['retweeted_status'])
  const quoted = objectOf(retweeted?.['quoted_status']) ?? objectOf(json['quoted_status'])
  const kind = kindOf(json, { retweeted, quoted })
  const parent = kind === 'retweet' ? quoted && retweeted : quoted
  return {
    term: null,
    id: known(json['id_str']),
    kind,
    tweetedAtMs: xTimeMs(json['created_at']),
    text: textOf(json),
    lang: known(json['lang']),
    author: authorOf(json),
    root: rootFrom(quoted ?? retweeted ?? json),
    ...parentOf(json, kind, parent),
  }
}

interface Spread {
  readonly retweeted: JsonObject | null
  readonly quoted: JsonObject | null
}

function kindOf(json: JsonObject, { retweeted, quoted }: Spread): Kind {
  if (retweeted !== null) return 'retweet'
  if (quoted !== null) return 'quote'
  return known(json['in_reply_to_status_id_str']) === null ? 'original' : 'reply'
}

/** A quote whose tweet did not come along is an original, and names what it quotes. */
function parentOf(
  json: JsonObject,
  kind: Kind,
  parent: JsonObject | null,
): Pick<Tweet, 'parentId' | 'parentAuthorId'> {
  if (kind === 'reply')
    return {
      parentId: known(json['in_reply_to_status_id_str']),
      parentAuthorId: known(json['in_reply_to_user_id_str']),
    }
  if (parent !== null) return { parentId: known(parent['id_str']), parentAuthorId: authorOf(parent).id }
  return { parentId: kind === 'original' ? known(json['quoted_status_id_str']) : null, parentAuthorId: null }
}

const rootFrom = (status: JsonObject): Root => ({
  id: known(status['id_str']),
  tweetedAtMs: xTimeMs(status['created_at']),
  text: textOf(status),
  retweets: countOf(status['retweet_count']),
  favourites: countOf(status['favorite_count']),
  author: authorOf(status),
})

const textOf = (status: JsonObject): string | null =>
  known(objectOf(status['extended_tweet'])?.['full_text']) ??
  known(status['full_text']) ??
  known(status['text'])

function authorOf(status: JsonObject): Author {
  const user = objectOf(status['user']) ?? {}
  return {
    id: known(user['id_str']),
    name: known(user['name']),
    screenName: known(user['screen_name']),
    location: known(user['location']),
    image: known(user['profile_image_url_https']),
    followers: countOf(user['followers_count']),
    friends: countOf(user['friends_count']),
    statuses: countOf(user['statuses_count']),
    listed: countOf(user['listed_count']),
    favouritesGiven: countOf(user['favourites_count']),
  }
}
