import { type JsonObject, known } from './json.ts'
import { xTimeMs } from './times.ts'
import { type Kind, type Tweet, UNKNOWN_AUTHOR } from './tweet.ts'

/** Whether an object is a flat record: it has one of the two keys that a flat record cannot do without. */
export const isFlat = (json: JsonObject): boolean =>
  (json['status_id'] ?? json['rt_status_id'] ?? null) !== null

/** The part of a flat record that delivery and sentiment need; the record itself goes on as it is. */
export function tweetFromFlat(json: JsonObject): Tweet {
  const rootId = known(json['rt_status_id'])
  const kind = kindOf(json, rootId)
  const isOwnRoot = rootId === null ? json['status_kind'] !== 'retweet' : kind === 'reply'
  const [own, root] = [personAt(json['status_user_id']), personAt(json['rt_status_user_id'])]
  const tweetedAtMs = xTimeMs(json['status_created_at'])
  const text = known(json['status_text'])
  return {
    term: known(json['searched_names'])?.trim() ?? null,
    id: known(json['status_id']),
    kind,
    tweetedAtMs,
    text,
    lang: known(json['status_lang']),
    author: own,
    root: {
      id: isOwnRoot ? known(json['status_id']) : rootId,
      tweetedAtMs: isOwnRoot ? tweetedAtMs : xTimeMs(json['rt_status_created_at']),
      text: isOwnRoot ? text : known(json['rt_status_text']),
      retweets: null,
      favourites: null,
      author: isOwnRoot ? own : root,
    },
    parentId: null,
    parentAuthorId: null,
  }
}

const personAt = (id: unknown) => ({ ...UNKNOWN_AUTHOR, id: known(id) })

/** What a record says it is counts only where it fits what it holds. */
function kindOf({ status_kind: said, status_id: id }: JsonObject, rootId: string | null): Kind {
  if (rootId === null || rootId === id) return said === 'retweet' || said === 'reply' ? said : 'original'
  return said === 'quote' || said === 'reply' || said === 'like' ? said : 'retweet'
}
