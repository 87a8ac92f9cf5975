/** Who wrote something, as far as a source says; null is unknown. */
export interface Author {
  readonly id: string | null
  readonly name: string | null
  readonly screenName: string | null
  readonly location: string | null
  readonly image: string | null
  readonly followers: number | null
  readonly friends: number | null
  readonly statuses: number | null
  readonly listed: number | null
  readonly favouritesGiven: number | null
}

export const UNKNOWN_AUTHOR: Author = {
  id: null,
  name: null,
  screenName: null,
  location: null,
  image: null,
  followers: null,
  friends: null,
  statuses: null,
  listed: null,
  favouritesGiven: null,
}

/** What is spread, at this sighting. */
export interface Root {
  readonly id: string | null
  readonly tweetedAtMs: number | null
  readonly text: string | null
  readonly retweets: number | null
  readonly favourites: number | null
  readonly author: Author
}

export type Kind = 'original' | 'retweet' | 'quote' | 'reply' | 'like'

/** One sighting of one tweet, whatever platform and format it came from; null is unknown. */
export interface Tweet {
  readonly term: string | null // what it was found by, if the record says so
  readonly id: string | null
  readonly kind: Kind
  readonly tweetedAtMs: number | null
  readonly text: string | null
  readonly lang: string | null
  readonly author: Author
  readonly root: Root // itself for an original or a reply
  // Whom it was retweeted, quoted or answered from.
  readonly parentId: string | null
  readonly parentAuthorId: string | null
}
