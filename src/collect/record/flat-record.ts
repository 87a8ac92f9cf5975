import { flatTime } from './times.ts'
import { type Author, type Root, type Tweet, UNKNOWN_AUTHOR } from './tweet.ts'

/** One flat record: every value is a string, and what is not known is {@link MISSING}. */
export type FlatRecord = Readonly<Record<string, string>>

/** What the flat format writes where a value is not known. */
export const MISSING = 'None'

/** The version of the flat format that tells of the retweeting author. */
export const RECORD_VERSION = '2'

/** How a text sounds: null where it is in no language that is understood. */
export interface Sentiment {
  readonly label: '1' | '0' | '-1'
  readonly score: number // -1 to 1
}

/** The keys that say how a record sounds. */
export const sentimentColumns = (sentiment: Sentiment | null): FlatRecord => ({
  sentiment: sentiment?.label ?? MISSING,
  sentiment_score: sentiment === null ? MISSING : String(sentiment.score),
})

/**
 * The flat record of a tweet. What is its own root has itself under `rt_status_*` too, as only there is room for the
 * counters of a tweet; a reply has not, as what stands there would be what it answers.
 */
export function toFlatRecord(
  tweet: Tweet,
  { term, sentiment }: { readonly term: string; readonly sentiment: Sentiment | null },
): FlatRecord {
  const { author } = tweet
  return {
    status_id: textOf(tweet.id),
    status_created_at: timeOf(tweet.tweetedAtMs),
    searched_names: term,
    ...sentimentColumns(sentiment),
    ...(tweet.kind === 'reply' ? NO_ROOT : rootColumns(tweet.root)),
    status_user_id: textOf(author.id),
    status_user_screen_name: textOf(author.screenName),
    status_user_followers_count: countOf(author.followers),
    status_user_location: textOf(author.location),
    status_text: textOf(tweet.text),
    status_lang: textOf(tweet.lang),
    status_kind: tweet.kind,
    status_parent_id: textOf(tweet.parentId),
    status_parent_user_id: textOf(tweet.parentAuthorId),
    record_version: RECORD_VERSION,
  }
}

const textOf = (text: string | null): string => text ?? MISSING
const countOf = (count: number | null): string => (count === null ? MISSING : String(count))
const timeOf = (timeMs: number | null): string => (timeMs === null ? MISSING : flatTime(timeMs))

const rootColumns = (root: Root): FlatRecord => ({
  rt_status_id: textOf(root.id),
  rt_status_created_at: timeOf(root.tweetedAtMs),
  rt_status_text: textOf(root.text),
  rt_status_favorited: 'False',
  rt_status_retweeted: 'False',
  rt_status_favorite_count: countOf(root.favourites),
  rt_status_retweet_count: countOf(root.retweets),
  ...rootAuthorColumns(root.author),
})

const rootAuthorColumns = (author: Author): FlatRecord => ({
  rt_status_user_id: textOf(author.id),
  rt_status_user_name: textOf(author.name),
  rt_status_user_screen_name: textOf(author.screenName),
  rt_status_user_profile_image: textOf(author.image),
  rt_status_user_location: textOf(author.location),
  rt_status_user_followers_count: countOf(author.followers),
  rt_status_user_friends_count: countOf(author.friends),
  rt_status_user_statuses_count: countOf(author.statuses),
  rt_status_user_favourites_count: countOf(author.favouritesGiven),
  rt_status_user_listed_count: countOf(author.listed),
})

const UNKNOWN_ROOT: Root = {
  id: null,
  tweetedAtMs: null,
  text: null,
  retweets: null,
  favourites: null,
  author: UNKNOWN_AUTHOR,
}
const NO_ROOT = rootColumns(UNKNOWN_ROOT)
