import { t, type DataFrame, type SparkSession } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import { newSilverPath, removeSilver } from '../lake/silver.ts'
import type { Observation } from '../schema/observation.ts'
import type { Follow } from '../schema/parent.ts'
import type { Batch } from '../store/batches.ts'
import type { SlotCounts } from '../store/publish.ts'
import type { Store } from '../store/store.ts'
import { nameOfKernel, type KernelChoice } from '../transforms/cascade/kernel.ts'
import { toCascadeScores } from '../transforms/cascade/to-cascade-scores.ts'
import { toFollows } from '../transforms/observation/to-follows.ts'
import { withoutDeleted } from '../transforms/observation/without-deleted.ts'
import { readFollows } from './read-follows.ts'
import { readObservations, type Silver } from './read-observations.ts'
import { scoreAuthors, type ScoredSlot, type SlotEvidence } from './score-authors.ts'
import { reportOf, type ScoreReport } from './score-report.ts'
import { slotEndOf } from './slot.ts'
import { SPARK_SETTINGS } from './spark-settings.ts'
import { stageRejected, stageRows, type StagingTarget } from './stage-rows.ts'
import { runStage, type StageListener } from './stage.ts'

export type { ScoreReport } from './score-report.ts'

export interface ScoreInput {
  readonly spark: SparkSession
  readonly store: Store
  /** The folder or `s3://` address for silver. */
  readonly lake: string
  readonly inputs: readonly string[]
  /** For records that name no search term. */
  readonly term?: string
  /** The slot's end, on a quarter hour; `auto` is the one that holds the newest observation. */
  readonly slot: Date | 'auto'
  readonly windowHours: 24 | 168 | 720
  readonly kernel: KernelChoice
  /** Follow lists, for the depth of the cascades that they speak of. */
  readonly follows?: readonly string[]
  /** How many authors of each term the report names. */
  readonly top: number
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
  /** Where `auto` finds a slot if no record is usable. */
  readonly now?: () => Date
}

/**
 * Scores one slot: raw objects -> silver -> staging -> published. Safe to run again: the slot's rows are
 * replaced, never added to.
 * @throws SparkConnectError, StoreError, FollowsError
 */
export async function score(input: ScoreInput): Promise<ScoreReport> {
  const begunMs = performance.now()
  const { spark, store, lake } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const silverPath = newSilverPath(lake)
  try {
    const follows = await readFollowLists(input)
    const silver = await read(input, silverPath)
    const slotEnd =
      input.slot === 'auto' ? slotEndOf(silver.newest ?? input.now?.() ?? new Date()) : input.slot
    const counts = await publish(input, { silver, slotEnd, follows })
    const top = await store.topAuthors({ slotEnd, windowHours: input.windowHours, limit: input.top })
    return reportOf({ slotEnd, windowHours: input.windowHours, counts, top, begunMs })
  } finally {
    await removeSilver(silverPath)
  }
}

const stageOf = ({ onStage, signal }: ScoreInput, name: string) => ({ name, onStage, signal })

const read = (input: ScoreInput, silver: string): Promise<Silver> =>
  runStage(stageOf(input, 'read records'), async (options, stage) => {
    const silverRead = await readObservations({ ...input, term: input.term, silver, options })
    stage.done(`${whole(silverRead.usable)} usable, ${whole(silverRead.rejected)} rejected`)
    return silverRead
  })

const readFollowLists = ({ spark, follows = [], signal }: ScoreInput) =>
  follows.length > 0 ? readFollows({ spark, paths: follows, options: { signal } }) : undefined

async function publish(
  input: ScoreInput,
  { silver, slotEnd, follows }: Omit<Scoring, 'batch'> & { readonly slotEnd: Date },
): Promise<SlotCounts> {
  const { store, windowHours, kernel } = input
  const batch = await store.beginBatch({ slotEnd, windowHours, kernel: nameOfKernel(kernel) })
  try {
    const counts = await scoreStage(input, { silver, batch, follows })
    await runStage(stageOf(input, 'publish'), async (_, stage) => {
      await store.publish({ batch, counts })
      stage.done(`${whole(counts.rows.author_score)} authors`)
    })
    return counts
  } catch (error) {
    // The error that led here matters more; staging that is left is swept later.
    await store.abandonBatch(batch).catch(() => undefined)
    throw error
  }
}

interface Scoring {
  readonly silver: Silver
  readonly batch: Batch
  readonly follows: DataFrame<typeof Follow> | undefined
}

const scoreStage = (input: ScoreInput, { silver, batch, follows }: Scoring): Promise<SlotCounts> =>
  runStage(stageOf(input, 'score authors'), async (options, stage) => {
    const { spark, store, kernel } = input
    const usable = silver.records.filter((c) => c.reject_reason.isNull())
    const observations = silver.deletions > 0 ? usable.transform(withoutDeleted()) : usable
    const target: StagingTarget = { spark, jdbc: store.jdbcTarget(), batch, options }
    if (silver.rejected > 0) await stageRejected(silver.records, target)
    const evidence = evidenceOf(silver, { observations, given: follows })
    const write = (slot: ScoredSlot) => stageSlot(slot, target)
    const scored = await scoreAuthors({
      spark,
      observations,
      evidence,
      window: batch,
      kernel,
      write,
      options,
    })
    const { written: rows, ...counts } = scored
    stage.done(`${whole(rows.cascade_score)} cascades of ${whole(rows.author_score)} authors`)
    return { ...counts, rejected: silver.rejected, rows: { ...NO_ROWS, ...rows } }
  })

const NO_ROWS = { topic_score: 0, geography_score: 0, sentiment_score: 0, influence_edge: 0 }

/** Writes the rows of the tables that are made from authors and cascades. */
async function stageSlot({ authors, cascades, observations }: ScoredSlot, target: StagingTarget) {
  const withKernel = () => ({ kernel: lit(target.batch.kernel, t.string) })
  return {
    author_score: await stageRows('author_score', authors.withColumns(withKernel), target),
    cascade_score: await stageRows(
      'cascade_score',
      cascades.transform(toCascadeScores(observations)).withColumns(withKernel),
      target,
    ),
  }
}

/** What the records hold, and the follows among them beside those that were given. */
function evidenceOf(
  { holds }: Silver,
  {
    observations,
    given,
  }: {
    readonly observations: DataFrame<typeof Observation>
    readonly given: DataFrame<typeof Follow> | undefined
  },
): SlotEvidence {
  const seen = holds.follows ? observations.transform(toFollows()) : undefined
  const follows = given && seen ? given.union(seen) : (given ?? seen)
  return { namesParents: holds.parents, hasLikes: holds.likes, ...(follows && { follows }) }
}

const whole = (count: number): string => count.toLocaleString('en')
