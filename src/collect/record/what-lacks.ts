import type { Tweet } from './tweet.ts'

// What the published tables hold.
const LONGEST_ID = 64
const LONGEST_TERM = 255

/** A tweet that can be scored. */
export type UsableTweet = Tweet & {
  readonly id: string
  readonly tweetedAtMs: number
  readonly root: { readonly id: string }
}

/** Why a tweet is of no use, in the words of docs/formats.md; null if it is of use. */
export function whatLacks({ id, tweetedAtMs, kind, root, term }: Tweet): string | null {
  if (id === null) return 'no tweet id'
  if (tweetedAtMs === null) return 'no readable time'
  if (root.id === null) return 'no id of the retweeted tweet'
  if (root.author.id === null)
    return kind === 'original' || kind === 'reply' ? 'no author' : 'no author of the retweeted tweet'
  if (root.tweetedAtMs === null) return 'no readable time of the retweeted tweet'
  if (root.author.id.length > LONGEST_ID) return 'an author id of more than 64 characters'
  if (term !== null && term.length > LONGEST_TERM && Array.from(term).length > LONGEST_TERM)
    return 'a search term of more than 255 characters'
  return null
}

export const isUsable = (tweet: Tweet): tweet is UsableTweet => whatLacks(tweet) === null
