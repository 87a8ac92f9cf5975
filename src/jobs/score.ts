import { t, type DataFrame, type SparkSession } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import { newNetworkPath, newSilverPath, removeSilver } from '../lake/silver.ts'
import type { Contribution } from '../schema/cascade.ts'
import type { CommunityEdge } from '../schema/influence-edge.ts'
import type { Batch } from '../store/batches.ts'
import type { SlotCounts } from '../store/publish.ts'
import type { Store } from '../store/store.ts'
import type { KernelName } from '../transforms/cascade/kernel.ts'
import { readObservations, type Silver } from './read-observations.ts'
import { scoreAuthors } from './score-authors.ts'
import { scoreNetwork } from './score-network.ts'
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
  readonly kernel: KernelName
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
 * @throws SparkConnectError, StoreError
 */
export async function score(input: ScoreInput): Promise<ScoreReport> {
  const begunMs = performance.now()
  const { spark, store, lake } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const silverPath = newSilverPath(lake)
  try {
    const silver = await read(input, silverPath)
    const slotEnd =
      input.slot === 'auto' ? slotEndOf(silver.newest ?? input.now?.() ?? new Date()) : input.slot
    const counts = await publish(input, { silver, slotEnd })
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

async function publish(
  input: ScoreInput,
  { silver, slotEnd }: { readonly silver: Silver; readonly slotEnd: Date },
): Promise<SlotCounts> {
  const { store, windowHours, kernel } = input
  const batch = await store.beginBatch({ slotEnd, windowHours, kernel })
  try {
    const counts = await scoreStage(input, { silver, batch })
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

const scoreStage = (
  input: ScoreInput,
  { silver, batch }: { readonly silver: Silver; readonly batch: Batch },
): Promise<SlotCounts> =>
  runStage(stageOf(input, 'score authors'), async (options, stage) => {
    const { spark, store, kernel } = input
    const target: StagingTarget = { spark, jdbc: store.jdbcTarget(), batch, options }
    if (silver.rejected > 0) await stageRejected(silver.records, target)
    const { authors, edges, ...counts } = await scoreAuthors({
      spark,
      observations: silver.records.filter((c) => c.reject_reason.isNull()),
      window: batch,
      kernel,
      write: (scores) =>
        stageRows(
          'author_score',
          scores.withColumns(() => ({ kernel: lit(kernel, t.string) })),
          target,
        ),
      writeNetwork: (contributions) => network(input, { contributions, target }),
      options,
    })
    stage.done(`${whole(counts.cascades)} cascades of ${whole(authors)} authors`)
    return {
      ...counts,
      rejected: silver.rejected,
      rows: { ...NO_ROWS, author_score: authors, influence_edge: edges },
    }
  })

async function network(
  { spark, lake }: ScoreInput,
  { contributions, target }: NetworkInput,
): Promise<number> {
  const scratch = newNetworkPath(lake)
  try {
    const write = (edges: DataFrame<typeof CommunityEdge>) => stageRows('influence_edge', edges, target)
    return await scoreNetwork({ spark, contributions, scratch, write, options: target.options })
  } finally {
    await removeSilver(scratch)
  }
}

interface NetworkInput {
  readonly contributions: DataFrame<typeof Contribution>
  readonly target: StagingTarget
}

const NO_ROWS = { topic_score: 0, geography_score: 0, sentiment_score: 0 }

const whole = (count: number): string => count.toLocaleString('en')
