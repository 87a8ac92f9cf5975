import type { ActionOptions, ColumnsOf, DataFrame } from 'spark-connect-js'
import { count, countIf, lit, max } from 'spark-connect-js/functions'
import { CalibrationError } from '../calibration/calibration-error.ts'
import type { KnownCascade } from '../calibration/known-cascade.ts'
import type { KnownParent } from '../schema/known-parent.ts'
import { KNOWN_FOLLOWERS_SHARE } from '../transforms/cascade/depth-method.ts'

/** The cascades whose parents are known, and how many of those with enough retweeters were left out. */
export interface KnownCascades {
  readonly cascades: readonly KnownCascade[]
  /** Nobody in them follows anybody before them: the list says nothing of them. */
  readonly unlisted: number
  /** Followers are known for under 90 % of their events: `score` estimates no depth for them either. */
  readonly unweighed: number
}

type Events = DataFrame<typeof KnownParent>

/** Which cascades to take; the sources are named in errors. */
interface Collecting {
  readonly inputs: readonly string[]
  readonly follows: readonly string[]
  readonly minRetweeters: number
  readonly rootFollowers: 'first' | 'last'
  readonly options?: ActionOptions
}

/**
 * Brings the cascades that are large enough to the driver, some 100 bytes a retweet.
 * @throws CalibrationError `no_cascade` or `no_follow` where none is left, naming the source and the way out
 */
export async function collectKnownCascades(events: Events, input: Collecting): Promise<KnownCascades> {
  const { unlisted, unweighed } = await countCascades(events, input)
  const cascades = new Map<string, GrowingCascade>()
  const rows = events.filter((c) => fitness(c, input).isTaken).orderBy('root_id', 'position')
  for await (const row of rows.toLocalIterator(input.options)) {
    const root = input.rootFollowers === 'first' ? row.first_root_followers : row.last_root_followers
    const cascade = cascades.get(row.root_id) ?? newCascade(row.root_id, root)
    cascades.set(row.root_id, cascade)
    cascade.followers.push(Number(row.followers ?? 0n))
    cascade.seconds.push(row.seconds ?? 0)
    cascade.parents.push(row.parent)
  }
  return { cascades: [...cascades.values()], unlisted, unweighed }
}

/** How far a cascade comes: it is large enough, of these the list speaks of it, and of these it can be weighed. */
const fitness = (c: ColumnsOf<typeof KnownParent>, { minRetweeters }: Collecting) => {
  const isLarge = c.retweeters.geq(lit(BigInt(minRetweeters)))
  const isListed = isLarge.and(c.followed.gt(0n))
  const isTaken = isListed.and(c.known_followers.geq(c.retweeters.times(KNOWN_FOLLOWERS_SHARE)))
  return { isLarge, isListed, isTaken }
}

interface GrowingCascade extends KnownCascade {
  readonly followers: number[]
  readonly seconds: number[]
  readonly parents: number[]
}

const newCascade = (rootId: string, followers: bigint | null): GrowingCascade => ({
  rootId,
  followers: [Number(followers ?? 0n)],
  seconds: [0],
  parents: [-1],
})

/** Counts what is left out, each cascade by its first event. */
async function countCascades(events: Events, input: Collecting) {
  const [found] = await events
    .filter((c) => c.position.eq(1))
    .agg((c) => {
      const { isLarge, isListed, isTaken } = fitness(c, input)
      return {
        all: count(),
        largest: max(c.retweeters),
        large: countIf(isLarge),
        listed: countIf(isListed),
        taken: countIf(isTaken),
      }
    })
    .collect(input.options)
  const { all = 0n, largest, large = 0n, listed = 0n, taken = 0n } = found ?? {}
  if (taken === 0n) throw nothingLeft(input, { all, largest: largest ?? 0n, large, listed })
  return { unlisted: Number(large - listed), unweighed: Number(listed - taken) }
}

type Counts = Readonly<Record<'all' | 'largest' | 'large' | 'listed', bigint>>

/** What left no cascade. */
function nothingLeft({ inputs, follows, minRetweeters }: Collecting, counts: Counts): CalibrationError {
  const [input, list] = [inputs.join(', '), follows.join(', ')]
  if (counts.all === 0n) {
    return new CalibrationError(
      'no_cascade',
      `${input} has no retweet whose root and time are known; name another --input`,
    )
  }
  if (counts.large === 0n) {
    return new CalibrationError(
      'no_cascade',
      `no cascade of ${input} has ${minRetweeters} distinct retweeters, the largest has ${counts.largest}; lower --min-retweeters or add more --input`,
    )
  }
  if (counts.listed === 0n) {
    return new CalibrationError(
      'no_follow',
      `nobody in ${list} follows anybody who was before them in a cascade; name a --follows list of the same user ids, "follower<TAB>followee" a line`,
    )
  }
  return new CalibrationError(
    'no_cascade',
    `in every cascade of ${input} with ${minRetweeters} distinct retweeters, followers are unknown for over a tenth of them; name an --input that tells retweeters' followers`,
  )
}
