import type { Candidate, Channel } from './market.ts'

/** What the published slot says of an author. */
export interface AuthorFigures {
  readonly author_id: string
  readonly followers: number | null
  /** Those that were retweeted in the window. */
  readonly tweets: number
  readonly retweets: number
  readonly retweeters: number
}

/** How often somebody retweeted an author. */
export interface AmplifierFigures {
  readonly amplifier_id: string
  readonly author_id: string
  readonly retweets: number
  readonly amplifier_followers: number | null
}

export interface ReachInput {
  readonly authors: readonly AuthorFigures[]
  readonly edges: readonly AmplifierFigures[]
  /** Of one post, in cents; undefined where it is not for sale, or its price unknown. */
  readonly costOf: (author: AuthorFigures) => number | undefined
  /** The share of an audience that sees one post, above 0 and at most 1. */
  readonly seenShare: number
}

export interface ReachModel {
  readonly candidates: readonly Candidate[]
  /** What a retweeter counts whose followers are unknown: the lower quartile of the known. */
  readonly typicalFollowers: number
}

/**
 * Who may see one post of each author: the author's followers, those of the strongest amplifiers as often as they
 * retweet, and those of the other retweeters together.
 */
export function toCandidates({ authors, edges, costOf, seenShare }: ReachInput): ReachModel {
  const known = edges.flatMap(({ amplifier_followers }) => amplifier_followers ?? [])
  const typicalFollowers = lowerQuartileOf(known)
  const followers = followersById(authors, edges)
  const byAuthor = Map.groupBy(edges, ({ author_id }) => author_id)
  const candidates = authors.flatMap((author): readonly Candidate[] => {
    const costCents = costOf(author)
    if (costCents === undefined) return []
    const own = byAuthor.get(author.author_id) ?? []
    const channels = [
      channelTo(author.author_id, { people: followers.get(author.author_id) ?? 0, passedOn: 1 }),
      ...own.map((edge) =>
        channelTo(edge.amplifier_id, {
          people: followers.get(edge.amplifier_id) ?? typicalFollowers,
          passedOn: rateOf(edge.retweets, author.tweets),
        }),
      ),
      othersOf(author, own),
    ]
    return [{ id: author.author_id, costCents, channels: channels.filter(reachesSomebody) }]
  })
  return { candidates, typicalFollowers }

  function channelTo(
    id: string,
    { people, passedOn }: { readonly people: number; readonly passedOn: number },
  ): Channel {
    return { audience: `followers of ${id}`, people, chance: seenShare * passedOn }
  }

  function othersOf(author: AuthorFigures, named: readonly AmplifierFigures[]): Channel {
    const retweets = author.retweets - named.reduce((sum, edge) => sum + edge.retweets, 0)
    const others = Math.max(0, Math.min(author.retweeters - named.length, retweets))
    const chance = seenShare * rateOf(retweets, author.tweets * others)
    return { audience: `others who retweet ${author.author_id}`, people: others * typicalFollowers, chance }
  }
}

const reachesSomebody = ({ people, chance }: Channel): boolean => people > 0 && chance > 0

const rateOf = (retweets: number, posts: number): number =>
  posts > 0 ? Math.min(1, Math.max(0, retweets) / posts) : 0

/** One number for each user, so that an audience is equally large whoever reaches it. */
function followersById(
  authors: readonly AuthorFigures[],
  edges: readonly AmplifierFigures[],
): ReadonlyMap<string, number> {
  const followers = new Map<string, number>()
  const note = (id: string, count: number | null): void => {
    if (count !== null) followers.set(id, Math.max(count, followers.get(id) ?? 0))
  }
  for (const edge of edges) note(edge.amplifier_id, edge.amplifier_followers)
  for (const author of authors) note(author.author_id, author.followers)
  return followers
}

/** Rather low, as those who are named are an author's strongest; 0 of none. */
function lowerQuartileOf(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) / 4)] ?? 0
}
