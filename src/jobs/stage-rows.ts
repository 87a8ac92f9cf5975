import {
  t,
  type ActionOptions,
  type AnyType,
  type Column,
  type DataFrame,
  type Schema,
  type SparkSession,
} from 'spark-connect-js'
import { concatWs, count, crc32, lit, sum } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../schema/observation.ts'
import type { JdbcTarget } from '../store/jdbc-target.ts'
import type { SlotRun } from '../store/slot-runs.ts'
import { checksumColumns, stagingOf, type SlotTable, type StagedRows } from '../store/slot-tables.ts'
import { toRejected } from '../transforms/record/to-rejected.ts'
import { observed } from './observed.ts'

/** Where one run's rows wait until they are published. */
export interface StagingTarget {
  readonly spark: SparkSession
  /** Asked for before each write: what it gives may hold for some minutes only. */
  readonly jdbc: () => Promise<JdbcTarget>
  readonly run: SlotRun
  readonly options: ActionOptions
}

/** Rows that one INSERT carries; Connector/J rewrites a batch to one statement. */
const ROWS_PER_BATCH = '5000'
/** Each partition writes through a connection of its own. */
const CONNECTIONS = 2

/** Rows of one term and author, country or topic: what a slot's tables begin with, beside the slot itself. */
type SlotRow = Schema & { readonly term: typeof t.string }

/** Writes a slot's rows to the staging table, and says how many they were and what they come to. */
export async function stageRows<S extends SlotRow>(
  table: SlotTable,
  frame: DataFrame<S>,
  target: StagingTarget,
): Promise<StagedRows> {
  const { spark, run, options } = target
  const counted = observed({
    frame,
    metrics: (c) => ({ rows: count(), checksum: sum(checksumOf(table, c)) }),
  })
  const rows = counted.frame.withColumns(() => ({
    fence: lit(run.fence),
    slot_end: lit(run.slotEnd),
    window_hours: lit(run.windowHours, t.integer),
  }))
  await append(rows, stagingOf(table), target)
  const { rows: written, checksum } = await counted.values(spark, options)
  return { rows: Number(written), checksum: checksum ?? 0n }
}

/** See `checksumColumns`. */
function checksumOf(table: SlotTable, row: Readonly<Record<string, Column<AnyType>>>) {
  const values = checksumColumns[table].map((name) => {
    const column = row[name]
    if (column === undefined) throw new Error(`rows of ${table} have no ${name}`)
    return column.cast(t.string)
  })
  return crc32(concatWs('|', ...values).cast(t.binary))
}

export const stageRejected = (
  records: DataFrame<typeof ParsedRecord>,
  batchId: string,
  target: StagingTarget,
): Promise<void> => {
  const rows = records
    .transform(toRejected())
    .withColumns(() => ({ fence: lit(target.run.fence), batch_id: lit(batchId, t.string) }))
  return append(rows, 'rejected_staging', target)
}

async function append<S extends Schema>(
  rows: DataFrame<S>,
  table: string,
  { jdbc, options }: StagingTarget,
): Promise<void> {
  const { url, ...properties } = await jdbc()
  await rows
    .coalesce(CONNECTIONS)
    .write.mode('append')
    .jdbc({ url, table, properties: { ...properties, batchsize: ROWS_PER_BATCH } }, options)
}
