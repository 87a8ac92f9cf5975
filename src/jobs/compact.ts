import type { SparkSession } from 'spark-connect-js'

import type { Ledger } from '../store/ledger.ts'
import type { RawSource } from '../store/manifest.ts'
import type { SilverFolder } from '../store/silver-folders.ts'
import type { Store } from '../store/store.ts'
import { rewriteSilver } from './rewrite-silver.ts'
import { SPARK_SETTINGS } from './spark-settings.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'
import { underLease } from './under-lease.ts'

export interface CompactInput {
  readonly spark: SparkSession
  readonly store: Store
  readonly lake: string
  /** Folders of fewer records are merged with their neighbours. */
  readonly recordsPerFolder?: number
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
}

/** What was merged. */
export interface CompactReport {
  readonly folders: number
  readonly into: number
  readonly records: number
}

const RECORDS_PER_FOLDER = 1_000_000

/**
 * Merges small folders of silver whose batches are published, in the order of their batches. Rejected records stay in
 * `rejected` alone. The old folders stay until `lake prune`.
 * @throws StoreError `held` where a slot is being scored; SparkConnectError
 */
export function compact(input: CompactInput): Promise<CompactReport> {
  return underLease(input, async (ledger, signal) => {
    await input.spark.conf.setAll(SPARK_SETTINGS)
    const report = { folders: 0, into: 0, records: 0 }
    for (const source of await ledger.sources()) {
      const { unpublished } = await ledger.state(source)
      const firstUnpublished = Math.min(Infinity, ...unpublished.map(({ seq }) => seq))
      const folders = (await ledger.silver(source)).filter(({ lastSeq }) => lastSeq < firstUnpublished)
      for (const group of mergeable(folders, input.recordsPerFolder ?? RECORDS_PER_FOLDER)) {
        const { usable } = await merge({ ...input, signal }, { ledger, source, group })
        report.folders += group.length
        report.into += 1
        report.records += usable
      }
    }
    return report
  })
}

interface Merge {
  readonly ledger: Ledger
  readonly source: RawSource
  readonly group: readonly SilverFolder[]
}

const merge = (input: CompactInput, { ledger, source, group }: Merge) =>
  runStage(stageOf(input, 'merge silver'), async (options, stage) => {
    const { spark, lake } = input
    const merged = await rewriteSilver({
      spark,
      lake,
      ledger,
      source,
      options,
      folders: group,
      change: (records) => records.filter((c) => c.reject_reason.isNull()),
    })
    stage.done(`${whole(group.length)} folders, ${whole(merged.usable)} records`)
    return merged
  })

/** Runs of neighbours that make one folder of at most so many records; a run of one is left alone. */
export function mergeable(
  folders: readonly SilverFolder[],
  recordsPerFolder: number,
): readonly (readonly SilverFolder[])[] {
  const groups: SilverFolder[][] = [[]]
  let records = 0
  for (const folder of folders) {
    const size = folder.usable + folder.rejected
    if (records + size > recordsPerFolder) {
      groups.push([])
      records = 0
    }
    groups.at(-1)?.push(folder)
    records += size
  }
  return groups.filter((group) => group.length > 1)
}
