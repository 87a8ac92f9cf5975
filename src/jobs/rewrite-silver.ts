import type { ActionOptions, DataFrame, SparkSession } from 'spark-connect-js'

import { newSilverPath, removeLocal } from '../lake/silver.ts'
import type { ParsedRecord } from '../schema/observation.ts'
import type { Ledger } from '../store/ledger.ts'
import type { RawSource } from '../store/manifest.ts'
import type { ParsedFolder, SilverFolder } from '../store/silver-folders.ts'
import { StoreError } from '../store/store-error.ts'
import { openSilver, rewriteObservations } from './read-observations.ts'

type Records = DataFrame<typeof ParsedRecord>

interface Rewrite {
  readonly spark: SparkSession
  readonly ledger: Ledger
  readonly lake: string
  readonly source: RawSource
  /** Neighbours, in the order of their batches. */
  readonly folders: readonly SilverFolder[]
  readonly change: (records: Records) => Records
  readonly options: ActionOptions
}

/** Records of one file: some 100 MB of silver. */
const RECORDS_PER_FILE = 500_000

/** Writes folders of silver anew as one, and has the manifest name it in their place. */
export async function rewriteSilver(rewrite: Rewrite): Promise<ParsedFolder> {
  const { spark, ledger, lake, source, folders, change, options } = rewrite
  const held = folders.reduce((sum, { usable, rejected }) => sum + usable + rejected, 0)
  const silver = newSilverPath(lake, { batchId: `${folders[0]?.firstSeq ?? 0}`, fence: ledger.fence })
  const paths = folders.map(({ path }) => path)
  const records = openSilver(spark, paths)
    .transform(change)
    .coalesce(Math.max(1, Math.ceil(held / RECORDS_PER_FILE)))
  try {
    const facts = await rewriteObservations({ spark, records, silver, options })
    await ledger.replaceSilver(source, folders, { ...facts, path: silver })
    return { ...facts, path: silver }
  } catch (error) {
    // Out of the database's reach, it may be named already.
    const mayBeNamed = error instanceof StoreError && error.code === 'unreachable'
    if (!mayBeNamed) await removeLocal(silver)
    throw error
  }
}
