import { t, type ActionOptions, type DataFrame, type Schema, type SparkSession } from 'spark-connect-js'
import { count, lit } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../schema/observation.ts'
import type { Batch } from '../store/batches.ts'
import type { JdbcTarget } from '../store/jdbc-target.ts'
import { stagingOf, type SlotTable } from '../store/slot-tables.ts'
import { toRejected } from '../transforms/record/to-rejected.ts'
import { observed } from './observed.ts'

/** Where one batch's rows wait until they are published. */
export interface StagingTarget {
  readonly spark: SparkSession
  readonly jdbc: JdbcTarget
  readonly batch: Batch
  readonly options: ActionOptions
}

/** Rows that one INSERT carries; Connector/J rewrites a batch to one statement. */
const ROWS_PER_BATCH = '5000'
/** Each partition writes through a connection of its own. */
const CONNECTIONS = 2

/** Rows of one term and author, country or topic: what a slot's tables begin with, beside the slot itself. */
type SlotRow = Schema & { readonly term: typeof t.string }

/** Writes a slot's rows to the staging table, and says how many they were. */
export async function stageRows<S extends SlotRow>(
  table: SlotTable,
  frame: DataFrame<S>,
  target: StagingTarget,
): Promise<number> {
  const { spark, batch, options } = target
  const counted = observed({ frame, metrics: () => ({ rows: count() }) })
  const rows = counted.frame.withColumns(() => ({
    batch_id: lit(batch.batchId, t.string),
    slot_end: lit(batch.slotEnd),
    window_hours: lit(batch.windowHours, t.integer),
  }))
  await append(rows, stagingOf(table), target)
  return Number((await counted.values(spark, options)).rows)
}

export const stageRejected = (
  records: DataFrame<typeof ParsedRecord>,
  target: StagingTarget,
): Promise<void> => {
  const rows = records
    .transform(toRejected())
    .withColumns(() => ({ batch_id: lit(target.batch.batchId, t.string) }))
  return append(rows, 'rejected_staging', target)
}

const append = <S extends Schema>(
  rows: DataFrame<S>,
  table: string,
  { jdbc: { url, ...properties }, options }: StagingTarget,
): Promise<void> =>
  rows
    .coalesce(CONNECTIONS)
    .write.mode('append')
    .jdbc({ url, table, properties: { ...properties, batchsize: ROWS_PER_BATCH } }, options)
