import type { ActionOptions, DataFrame, SparkSession } from 'spark-connect-js'
import { count, countIf, lit, max } from 'spark-connect-js/functions'
import { CalibrationError } from '../calibration/calibration-error.ts'
import type { KnownCascade } from '../calibration/known-cascade.ts'
import { newSilverPath, removeSilver } from '../lake/silver.ts'
import type { KnownParent } from '../schema/known-parent.ts'
import { aggregateByParticipant } from '../transforms/cascade/aggregate-by-participant.ts'
import { parseFollows } from '../transforms/cascade/parse-follows.ts'
import { toKnownParents } from '../transforms/cascade/to-known-parents.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { readObservations } from './read-observations.ts'
import { SPARK_SETTINGS } from './spark-settings.ts'
import { runStage, type StageListener } from './stage.ts'

/** Where the tweets and the follows are, and which cascades of them to take. */
export interface KnownCascadesInput {
  readonly spark: SparkSession
  /** The folder or `s3://` address for silver. */
  readonly lake: string
  readonly inputs: readonly string[]
  /** Files, folders or `s3://` addresses of follow lists; see `parseFollows`. */
  readonly follows: readonly string[]
  /** How many distinct users other than the root's author a cascade needs. */
  readonly minRetweeters: number
  /** Which sighting of the root says how many followers its author has; `score` takes the first. */
  readonly rootFollowers: 'first' | 'last'
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
}

/** The cascades whose parents are known, and how many of those with enough retweeters were left out. */
export interface KnownCascades {
  readonly cascades: readonly KnownCascade[]
  /** Nobody in them follows anybody before them: the list says nothing of them. */
  readonly unlisted: number
  /** Followers are known for under 90 % of their events: `score` estimates no depth for them either. */
  readonly unweighed: number
}

const KNOWN_FOLLOWERS_SHARE = 0.9

/** Parents do not depend on search terms: a cascade that several terms found is one. */
const ONE_TERM = 'all'
const ALL_TIME = { slotEnd: new Date('9999-01-01T00:00:00Z'), windowHours: 100_000_000 }

/**
 * Reads tweets and follow lists, and gives the cascades that are large enough with their parents. They are held in
 * memory, some 100 bytes a retweet.
 * @throws CalibrationError `no_cascade` or `no_follow`, SparkConnectError
 */
export async function readKnownCascades(input: KnownCascadesInput): Promise<KnownCascades> {
  const { spark, lake } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const silver = newSilverPath(lake)
  try {
    const read = await runStage(stageOf(input, 'read records'), async (options, stage) => {
      const found = await readObservations({ ...input, term: ONE_TERM, silver, options })
      stage.done(`${whole(found.usable)} usable, ${whole(found.rejected)} rejected`)
      return found
    })
    const follows = spark.read.text(...input.follows).transform(parseFollows())
    const events = read.records
      .filter((c) => c.reject_reason.isNull())
      .withColumns(() => ({ term: lit(ONE_TERM) }))
      .transform(withCascadeOrder())
      .transform(aggregateByParticipant(ALL_TIME))
      .transform(toKnownParents(follows))
    return await runStage(stageOf(input, 'find parents'), async (options, stage) => {
      await events.persist(options)
      try {
        const cascades = await collectCascades(events, { ...input, options })
        stage.done(`${whole(cascades.cascades.length)} cascades`)
        return cascades
      } finally {
        await events.unpersist()
      }
    })
  } finally {
    await removeSilver(silver)
  }
}

type Events = DataFrame<typeof KnownParent>
type Collecting = KnownCascadesInput & { readonly options: ActionOptions }

async function collectCascades(events: Events, input: Collecting): Promise<KnownCascades> {
  const { unlisted, unweighed } = await countCascades(events, input)
  const cascades = new Map<string, GrowingCascade>()
  const rows = events
    .filter((c) => c.retweeters.geq(lit(BigInt(input.minRetweeters))).and(c.followed.gt(0n)))
    .filter((c) => c.known_followers.geq(c.retweeters.times(KNOWN_FOLLOWERS_SHARE)))
    .orderBy('root_id', 'position')
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
async function countCascades(events: Events, { minRetweeters, inputs, follows, options }: Collecting) {
  const [found] = await events
    .filter((c) => c.position.eq(1))
    .agg((c) => {
      const isLarge = c.retweeters.geq(lit(BigInt(minRetweeters)))
      const isListed = c.followed.gt(0n)
      const isWeighed = c.known_followers.geq(c.retweeters.times(KNOWN_FOLLOWERS_SHARE))
      return {
        all: count(),
        largest: max(c.retweeters),
        large: countIf(isLarge),
        listed: countIf(isLarge.and(isListed)),
        taken: countIf(isLarge.and(isListed).and(isWeighed)),
      }
    })
    .collect(options)
  const { all = 0n, largest, large = 0n, listed = 0n, taken = 0n } = found ?? {}
  if (all === 0n) {
    throw new CalibrationError(
      'no_cascade',
      `${inputs.join(', ')} has no retweet whose root and time are known; name another --input`,
    )
  }
  if (large === 0n) {
    throw new CalibrationError(
      'no_cascade',
      `no cascade of ${inputs.join(', ')} has ${minRetweeters} distinct retweeters, the largest has ${largest}; lower --min-retweeters or add more --input`,
    )
  }
  if (listed === 0n) {
    throw new CalibrationError(
      'no_follow',
      `nobody in ${follows.join(', ')} follows anybody who was before them in a cascade; name a --follows list of the same user ids, "follower<TAB>followee" a line`,
    )
  }
  if (taken === 0n) {
    throw new CalibrationError(
      'no_cascade',
      `in every cascade of ${inputs.join(', ')} with ${minRetweeters} distinct retweeters, followers are unknown for over a tenth of them; name an --input that tells retweeters' followers`,
    )
  }
  return { unlisted: Number(large - listed), unweighed: Number(listed - taken) }
}

const stageOf = ({ onStage, signal }: KnownCascadesInput, name: string) => ({ name, onStage, signal })

const whole = (number: number): string => number.toLocaleString('en')
