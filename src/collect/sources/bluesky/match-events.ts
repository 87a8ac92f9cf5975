import { readJetstream } from '../../record/from-jetstream.ts'
import { type JsonObject, known, objectOf } from '../../record/json.ts'
import type { Reading } from '../../record/reading.ts'
import type { Tweet } from '../../record/tweet.ts'
import { boundedMap } from './bounded-map.ts'
import { type FoundPosts, MOST_POSTS } from './found-posts.ts'

/** An event that concerns the term. */
export interface Matched {
  readonly text: string
  readonly reading: Reading
  readonly timeUs: string | null
}

/** A post that the term was found in, as far as it is known. */
type FoundPost = Pick<Tweet, 'text' | 'lang'>

const MOST_IDS = 200_000

/**
 * Finds what concerns a term: posts whose text holds it, then what reposts, likes, quotes or answers those, and what
 * of all that is deleted. Of posts that were found long ago nothing is known any more; memory is bounded.
 */
export function startMatching(isOfTerm: (text: string) => boolean, { known: before, add }: FoundPosts) {
  const posts = boundedMap<FoundPost>(MOST_POSTS)
  const given = boundedMap<true>(MOST_IDS) // ids of what was found, and of who wrote it
  for (const address of before) posts.set(address, { text: null, lang: null })
  const isFound = (address: string | null): boolean => address !== null && posts.get(address) !== undefined

  const found = (tweet: Tweet): Tweet | null => {
    const { id, text, lang, root, parentId } = tweet
    const isOwn = text !== null && isOfTerm(text)
    if (!isOwn && !isFound(root.id) && !isFound(parentId)) return null
    given.set(id ?? '', true)
    given.set(tweet.author.id ?? '', true)
    if (isOwn && id !== null) {
      if (!isFound(id)) add(id)
      posts.set(id, { text, lang })
    }
    return withRootOf(tweet, posts.get(root.id ?? ''))
  }
  return (event: JsonObject, text: string): Matched | null => {
    if (objectOf(event['commit']) === null && event['kind'] !== 'account') return null
    const reading = readJetstream(event)
    const timeUs = known(event['time_us'])
    if (reading.is === 'notice')
      return given.get(reading.about) === undefined ? null : { text, reading, timeUs }
    const tweet = reading.is === 'tweet' ? found(reading.tweet) : null
    return tweet && { text, reading: { is: 'tweet', tweet }, timeUs }
  }
}

/** The event names its root by its address alone. */
function withRootOf(tweet: Tweet, post: FoundPost | undefined): Tweet {
  if (post === undefined || tweet.root.text !== null) return tweet
  const lang = tweet.kind === 'retweet' ? post.lang : tweet.lang
  return { ...tweet, lang, root: { ...tweet.root, text: post.text } }
}
