import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

/** What is known of a participant when they retweet; the first of a cascade is its root. */
export interface Participant {
  readonly seconds: number // since the root
  readonly followers: number
  readonly friends: number
  readonly statuses: number
  readonly listed: number
  readonly favouritesGiven: number
  readonly accountDays: number
  readonly isVerified: boolean
}

/** A cascade with known parents, and who began it. */
export interface RealCascade {
  readonly rootId: string
  readonly authorId: string
  readonly participants: readonly Participant[]
  /** For each participant j the i < j whom they retweeted from; the root's is -1. */
  readonly parents: readonly number[]
}

const count = z.number().catch(0)
const User = z.object({
  id_str: z.string(),
  created_at: z.string(),
  followers_count: count,
  friends_count: count,
  statuses_count: count,
  listed_count: count,
  favourites_count: count,
  verified: z.boolean().catch(false),
})
const Status = z.object({ id_str: z.string(), created_at: z.string(), user: User })
const Retweet = Status.extend({ retweeted_status: Status })
type Retweet = z.infer<typeof Retweet>

/** Where the retweets lie (X API v1.1, one a line) and who follows whom (`root<TAB>follower<TAB>followee`); gzip or not. */
export interface RealFiles {
  readonly tweets: string
  readonly follows: string
}

/**
 * Cascades by the rules of `evaluate`, but with all that a tweet says of its author: each user's first retweet in the order
 * of time, the parent being the latest earlier participant whom one follows, else the root (Goel et al. 2016). Of the
 * root's author the last sighting counts. Cascades in which nobody follows anybody are left out.
 */
export function readRealCascades(
  { tweets, follows }: RealFiles,
  minRetweeters: number,
): readonly RealCascade[] {
  const list = new Set(linesOf(follows))
  const retweets = linesOf(tweets).map((line) => Retweet.parse(JSON.parse(line)))
  return [...Map.groupBy(retweets, (retweet) => retweet.retweeted_status.id_str).values()]
    .map((cascade) => cascadeOf(cascade.toSorted(byTime), list))
    .filter(({ parents, isListed }) => parents.length > minRetweeters && isListed)
}

function linesOf(path: string): readonly string[] {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n')
}

const byTime = (a: Retweet, b: Retweet): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at) ||
  a.id_str.length - b.id_str.length ||
  (a.id_str < b.id_str ? -1 : 1)

function cascadeOf(retweets: readonly Retweet[], list: ReadonlySet<string>) {
  const root = retweets.at(-1)?.retweeted_status
  if (root === undefined) throw new RangeError('a cascade without retweets')
  const users = [root.user.id_str]
  const participants = [participantOf(root, root)]
  const parents = [-1]
  let isListed = false
  for (const retweet of retweets) {
    const user = retweet.user.id_str
    if (users.includes(user)) continue
    const followed = users.findLastIndex((other) => list.has(`${root.id_str}\t${user}\t${other}`))
    isListed ||= followed >= 0
    parents.push(Math.max(0, followed))
    participants.push(participantOf(retweet, root))
    users.push(user)
  }
  return { rootId: root.id_str, authorId: root.user.id_str, participants, parents, isListed }
}

const DAY_SECONDS = 86_400

function participantOf(
  { user, created_at }: z.infer<typeof Status>,
  root: z.infer<typeof Status>,
): Participant {
  const secondsFrom = (earlier: string) => Math.max(0, (Date.parse(created_at) - Date.parse(earlier)) / 1_000)
  return {
    seconds: secondsFrom(root.created_at),
    followers: user.followers_count,
    friends: user.friends_count,
    statuses: user.statuses_count,
    listed: user.listed_count,
    favouritesGiven: user.favourites_count,
    accountDays: secondsFrom(user.created_at) / DAY_SECONDS,
    isVerified: user.verified,
  }
}
