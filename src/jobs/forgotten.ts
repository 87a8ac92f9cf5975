import type { DataFrame, SparkSession } from 'spark-connect-js'

import { Forgotten } from '../schema/forgotten.ts'
import type { Ledger } from '../store/ledger.ts'

/** Whom and what to leave out; undefined where nothing was ever to be forgotten. */
export async function forgottenFrame(
  spark: SparkSession,
  ledger: Ledger,
): Promise<DataFrame<typeof Forgotten> | undefined> {
  const hashes = await ledger.forgottenHashes()
  if (hashes.length === 0) return undefined
  return spark.createDataFrame(
    hashes.map((subject_hash) => ({ subject_hash })),
    Forgotten,
  )
}
