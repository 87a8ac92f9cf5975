import type { SparkSession } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import { newScratchPath, removeLocal } from '../lake/silver.ts'
import { aggregateByParticipant } from '../transforms/cascade/aggregate-by-participant.ts'
import { toKnownParents } from '../transforms/cascade/to-known-parents.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { collectKnownCascades, type KnownCascades } from './collect-known-cascades.ts'
import { readFollows } from './read-follows.ts'
import { readObservations } from './read-observations.ts'
import { SPARK_SETTINGS } from './spark-settings.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'

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

/** Parents do not depend on search terms: a cascade that several terms found is one. */
const ONE_TERM = 'all'
const ALL_TIME = { slotEnd: new Date('9999-01-01T00:00:00Z'), windowHours: 100_000_000 }

/**
 * Reads tweets and follow lists, and gives the cascades that are large enough with their parents. They are held in
 * memory, some 100 bytes a retweet.
 * @throws CalibrationError `no_cascade` or `no_follow`, FollowsError, SparkConnectError
 */
export async function readKnownCascades(input: KnownCascadesInput): Promise<KnownCascades> {
  const { spark, lake } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const silver = newScratchPath(lake)
  try {
    const read = await runStage(stageOf(input, 'read records'), async (options, stage) => {
      const found = await readObservations({ ...input, term: ONE_TERM, silver, options })
      stage.done(`${whole(found.usable)} usable, ${whole(found.rejected)} rejected`)
      return found
    })
    const follows = await readFollows({ spark, paths: input.follows, options: { signal: input.signal } })
    const events = read.records
      .filter((c) => c.reject_reason.isNull())
      .withColumns(() => ({ term: lit(ONE_TERM) }))
      .transform(withCascadeOrder())
      .transform(aggregateByParticipant(ALL_TIME))
      .transform(toKnownParents(follows))
    return await runStage(stageOf(input, 'find parents'), async (options, stage) => {
      await events.persist(options)
      try {
        const cascades = await collectKnownCascades(events, { ...input, options })
        stage.done(`${whole(cascades.cascades.length)} cascades`)
        return cascades
      } finally {
        await events.unpersist()
      }
    })
  } finally {
    await removeLocal(silver)
  }
}
