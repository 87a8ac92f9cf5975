import type { SparkSession } from 'spark-connect-js'
import { newSilverPath, removeSilver } from '../lake/silver.ts'
import type { SlotCounts } from '../store/publish.ts'
import type { Store } from '../store/store.ts'
import { nameOfKernel, type KernelChoice } from '../transforms/cascade/kernel.ts'
import { readFollows } from './read-follows.ts'
import { readObservations, type Silver } from './read-observations.ts'
import { reportOf, type ScoreReport } from './score-report.ts'
import { slotEndOf } from './slot.ts'
import { fitToRecords, SPARK_SETTINGS } from './spark-settings.ts'
import { stageSlot, type SlotSource } from './stage-slot.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'

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
    await fitToRecords(spark, silver.usable + silver.rejected)
    const slotEnd =
      input.slot === 'auto' ? slotEndOf(silver.newest ?? input.now?.() ?? new Date()) : input.slot
    const counts = await publish(input, { silver, slotEnd, follows })
    const { windowHours } = input
    const ranking = { slotEnd, windowHours, limit: input.top }
    return reportOf({
      slotEnd,
      windowHours,
      counts,
      top: await store.topAuthors(ranking),
      topics: await store.topTopics(ranking),
      countries: await store.countries(ranking),
      begunMs,
    })
  } finally {
    await removeSilver(silverPath)
  }
}

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
  { slotEnd, ...source }: Omit<SlotSource, 'batch'> & { readonly slotEnd: Date },
): Promise<SlotCounts> {
  const { store, windowHours, kernel } = input
  const batch = await store.beginBatch({ slotEnd, windowHours, kernel: nameOfKernel(kernel) })
  try {
    const counts = await stageSlot(input, { ...source, batch })
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
