import type { Author, Tweet } from '../../record/tweet.ts'
import type { LookUp, SeenPost } from './look-ups.ts'

/** What the events do not say, and where it is looked up. */
export interface LookUps {
  readonly profiles: LookUp<Author>
  readonly posts: LookUp<SeenPost>
}

/**
 * Tells of tweets who wrote them and what they spread, as far as that can be looked up in time. Of likes nothing is
 * looked up: there are many, and only their number counts.
 */
export async function complete(
  tweets: readonly Tweet[],
  { profiles, posts }: LookUps,
  withinMs: number,
): Promise<readonly Tweet[]> {
  const spoken = tweets.filter(({ kind }) => kind !== 'like')
  const people = spoken.flatMap(({ author, root }) => [author.id, root.author.id])
  const roots = spoken.filter(({ kind }) => kind === 'retweet' || kind === 'quote').map(({ root }) => root.id)
  const [authors, seen] = await Promise.all([
    profiles(
      people.filter((id) => id !== null),
      withinMs,
    ),
    posts(
      roots.filter((id) => id !== null),
      withinMs,
    ),
  ])
  return tweets.map((tweet) =>
    tweet.kind === 'like' ? tweet : completed(tweet, { authors, post: seen.get(tweet.root.id ?? '') }),
  )
}

interface Found {
  readonly authors: ReadonlyMap<string, Author>
  readonly post: SeenPost | undefined
}

function completed(tweet: Tweet, { authors, post }: Found): Tweet {
  const { kind, lang, root } = tweet
  const personOf = (author: Author): Author => authors.get(author.id ?? '') ?? author
  return {
    ...tweet,
    lang: lang ?? (kind === 'retweet' ? (post?.lang ?? null) : null),
    author: personOf(tweet.author),
    root: {
      ...root,
      text: root.text ?? post?.text ?? null,
      retweets: post?.retweets ?? null,
      favourites: post?.favourites ?? null,
      author: personOf(root.author),
    },
  }
}
