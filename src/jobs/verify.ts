import type { SparkSession } from 'spark-connect-js'

import { LakeError } from '../lake/lake-error.ts'
import { filterExisting, sparkPathOf, type OpenS3 } from '../lake/list-objects.ts'
import { newScratchPath, removeLocal } from '../lake/silver.ts'
import type { RowDifference, TableComparison } from '../store/compare-slot.ts'
import type { Ledger } from '../store/ledger.ts'
import type { RawObject } from '../store/manifest.ts'
import type { PublishedRun } from '../store/published-run.ts'
import type { SlotCounts } from '../store/publish.ts'
import { StoreError } from '../store/store-error.ts'
import type { Store } from '../store/store.ts'
import { nameOfKernel, type KernelChoice } from '../transforms/cascade/kernel.ts'
import { forgottenFrame } from './forgotten.ts'
import { readFollows } from './read-follows.ts'
import { parseObservations, openSilver } from './read-observations.ts'
import { isoSeconds } from './slot.ts'
import { fitToRecords, recordsIn, SPARK_SETTINGS } from './spark-settings.ts'
import { stageSlot } from './stage-slot.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'
import { underLease } from './under-lease.ts'

export interface VerifyInput {
  readonly spark: SparkSession
  readonly store: Store
  readonly lake: string
  readonly openS3: OpenS3
  /** The newest published one by default. */
  readonly slotEnd?: Date | undefined
  readonly windowHours: 24 | 168 | 720
  /** That of the slot, and so are the follow lists. */
  readonly kernel: KernelChoice
  readonly follows?: readonly string[]
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
}

/** A count of a slot that a recomputation does not find. */
export interface CountDifference {
  readonly count: string
  readonly published: number
  readonly recomputed: number
}

/** How a published slot compares with a recomputation from its raw objects. */
export interface VerifyReport {
  readonly slot: string
  readonly windowHours: number
  readonly objects: number
  readonly rows: number
  readonly counts: readonly CountDifference[]
  readonly differences: readonly RowDifference[]
}

/**
 * Recomputes a published slot in one pass from the raw objects that it read, and lists every difference. Nothing is
 * published; no slot is, meanwhile.
 * @throws StoreError `not_published`; LakeError `not_found` where raw objects are gone; SparkConnectError
 */
export function verify(input: VerifyInput): Promise<VerifyReport> {
  return underLease(input, (ledger, signal) => verifyUnder(ledger, { ...input, signal }))
}

async function verifyUnder(ledger: Ledger, input: VerifyInput): Promise<VerifyReport> {
  const published = await publishedRun(ledger, input)
  const objects = await ledger.objectsUpTo(published.source, published.batchSeq)
  await input.spark.conf.setAll(SPARK_SETTINGS)
  await assertThere(objects, input)
  const silver = newScratchPath(input.lake)
  try {
    return await recompute(ledger, input, { published, objects, silver })
  } finally {
    await removeLocal(silver)
  }
}

interface Recomputation {
  readonly published: PublishedRun
  readonly objects: readonly RawObject[]
  readonly silver: string
}

async function recompute(
  ledger: Ledger,
  input: VerifyInput,
  { published, objects, silver }: Recomputation,
): Promise<VerifyReport> {
  const { spark, kernel, follows = [], signal } = input
  const { term } = published.source
  await fitToRecords(spark, recordsIn(objects))
  const facts = await runStage(stageOf(input, 'read records'), async (options, stage) => {
    const inputs = objects.map(sparkPathOf)
    const forgotten = await forgottenFrame(spark, ledger)
    const raw = { inputs, areObjects: true, term, forgotten }
    const found = await parseObservations({ spark, ...raw, silver, options })
    stage.done(`${whole(found.usable)} usable, ${whole(found.rejected)} rejected`)
    return found
  })
  await fitToRecords(spark, facts.usable + facts.rejected)
  const run = await ledger.beginSlot(published, published.source, published.batchSeq)
  const records = openSilver(spark, [silver])
  try {
    const counts = await stageSlot(
      { ...input, kernel },
      {
        run,
        silver: { ...facts, records, batchSeq: published.batchSeq, newRejections: [] },
        follows:
          follows.length > 0 ? await readFollows({ spark, paths: follows, options: { signal } }) : undefined,
      },
    )
    const tables = await ledger.compare(run)
    return reportOf({ published, objects, counts, tables })
  } finally {
    await ledger.abandon(run)
  }
}

async function publishedRun(ledger: Ledger, input: VerifyInput): Promise<PublishedRun> {
  const { slotEnd, windowHours, kernel } = input
  const published = await ledger.publishedRun({ slotEnd, windowHours })
  if (published === undefined) {
    const which = slotEnd ? `the slot ${isoSeconds(slotEnd)}` : 'no slot'
    throw new StoreError(
      `${which} is ${slotEnd ? 'not ' : ''}published with a window of ${windowHours} h; store status shows what is`,
      { code: 'not_published' },
    )
  }
  if (published.kernel === nameOfKernel(kernel)) return published
  throw new StoreError(
    `the slot ${isoSeconds(published.slotEnd)} was scored with the kernel ${published.kernel}; name it by --kernel`,
    { code: 'not_published' },
  )
}

async function assertThere(objects: readonly RawObject[], { openS3, signal }: VerifyInput): Promise<void> {
  const there = await filterExisting(objects, { openS3, signal })
  const gone = objects.length - there.length
  if (gone === 0) return
  throw new LakeError(
    `${whole(gone)} of the slot's ${whole(objects.length)} raw objects are gone, so it cannot be recomputed`,
    { code: 'not_found' },
  )
}

interface ReportParts {
  readonly published: PublishedRun
  readonly objects: readonly RawObject[]
  readonly counts: SlotCounts
  readonly tables: readonly TableComparison[]
}

function reportOf({ published, objects, counts, tables }: ReportParts): VerifyReport {
  const pairs = [
    ['observations', published.observations, counts.observations],
    ['duplicates', published.duplicates, counts.duplicates],
    ['cascades', published.cascades, counts.rows.cascade_score.rows],
    ['authors', published.authors, counts.rows.author_score.rows],
  ] as const
  return {
    slot: isoSeconds(published.slotEnd),
    windowHours: published.windowHours,
    objects: objects.length,
    rows: tables.reduce((sum, { compared }) => sum + compared, 0),
    counts: pairs.flatMap(([count, before, now]) =>
      before === now ? [] : [{ count, published: before, recomputed: now }],
    ),
    differences: tables.flatMap(({ differences }) => differences),
  }
}
