import type { SparkSession } from 'spark-connect-js'

import type { OpenS3 } from '../lake/list-objects.ts'
import type { Ledger } from '../store/ledger.ts'
import type { SlotCounts } from '../store/publish.ts'
import type { Store } from '../store/store.ts'
import { nameOfKernel, type KernelChoice } from '../transforms/cascade/kernel.ts'
import { ingest } from './ingest.ts'
import { readFollows } from './read-follows.ts'
import { reportOf, type ScoreReport } from './score-report.ts'
import { slotEndOf } from './slot.ts'
import { fitToRecords, SPARK_SETTINGS } from './spark-settings.ts'
import { stageSlot, type SlotSource } from './stage-slot.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'
import { underLease } from './under-lease.ts'

export type { ScoreReport } from './score-report.ts'

export interface ScoreInput {
  readonly spark: SparkSession
  readonly store: Store
  /** The folder or `s3://` address for silver. */
  readonly lake: string
  readonly inputs: readonly string[]
  /** Called when an input lies on S3. */
  readonly openS3: OpenS3
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
  /** Looks for new objects only where Firehose may still put some. */
  readonly isRecent?: boolean
  /** Who runs this, in words for another run that has to wait. */
  readonly holder?: string
  /** How long a run that dies keeps the next one waiting. */
  readonly leaseSeconds?: number
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
  /** Where `auto` finds a slot if no record is usable. */
  readonly now?: () => Date
}

/**
 * Scores one slot: raw objects -> silver -> staging -> published. Only objects that are new are read. Safe to run again,
 * whenever it died: the slot's rows are replaced, never added to.
 * @throws SparkConnectError, FollowsError, LakeError, StoreError: `held` where another run publishes
 */
export function score(input: ScoreInput): Promise<ScoreReport> {
  const begunMs = performance.now()
  return underLease(input, (ledger, signal) => scoreUnder(ledger, { ...input, signal }, begunMs))
}

async function scoreUnder(ledger: Ledger, input: ScoreInput, begunMs: number): Promise<ScoreReport> {
  const { spark, store, inputs, term, windowHours } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const source = { inputs, term }
  const follows = await readFollowLists(input)
  const silver = await ingest({
    ...input,
    ledger,
    source,
    slotEnd: input.slot === 'auto' ? undefined : input.slot,
  })
  await fitToRecords(spark, silver.usable + silver.rejected)
  const slotEnd = input.slot === 'auto' ? slotEndOf(silver.newest ?? input.now?.() ?? new Date()) : input.slot
  const slot = { slotEnd, windowHours, kernel: nameOfKernel(input.kernel) }
  const run = await ledger.beginSlot(slot, source, silver.batchSeq)
  const counts = await publish(input, ledger, { silver, run, follows })
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
}

const readFollowLists = ({ spark, follows = [], signal }: ScoreInput) =>
  follows.length > 0 ? readFollows({ spark, paths: follows, options: { signal } }) : undefined

async function publish(input: ScoreInput, ledger: Ledger, slot: SlotSource): Promise<SlotCounts> {
  try {
    const counts = await stageSlot(input, slot)
    await runStage(stageOf(input, 'publish'), async (_, stage) => {
      await ledger.publish(slot.run, counts)
      stage.done(`${whole(counts.rows.author_score.rows)} authors`)
    })
    return counts
  } catch (error) {
    // The error that led here matters more; staging that is left is swept later.
    await ledger.abandon(slot.run).catch(() => undefined)
    throw error
  }
}
