import { t, type ActionOptions, type DataFrame, type Schema } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import type { ProfiledAuthorScore } from '../schema/author-score.ts'
import type { ParsedRecord } from '../schema/observation.ts'
import type { Batch } from '../store/batches.ts'
import type { JdbcTarget } from '../store/jdbc-target.ts'
import { toRejected } from '../transforms/record/to-rejected.ts'

/** Where one batch's rows wait until they are published. */
interface StagingTarget {
  readonly jdbc: JdbcTarget
  readonly batch: Batch
  readonly options: ActionOptions
}

/** Rows that one INSERT carries; Connector/J rewrites a batch to one statement. */
const ROWS_PER_BATCH = '5000'
/** Each partition writes through a connection of its own. */
const CONNECTIONS = 2

export const stageScores = (
  authors: DataFrame<typeof ProfiledAuthorScore>,
  target: StagingTarget,
): Promise<void> => {
  const { batchId, slotEnd, windowHours, kernel } = target.batch
  const rows = authors.withColumns(() => ({
    batch_id: lit(batchId, t.string),
    slot_end: lit(slotEnd),
    window_hours: lit(windowHours, t.integer),
    kernel: lit(kernel, t.string),
  }))
  return append(rows, 'author_score_staging', target)
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
