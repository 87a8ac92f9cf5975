import { t, type DataFrame } from 'spark-connect-js'
import { concatWs, min, sha2 } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'
import type { Rejected } from '../../schema/rejected.ts'

const SHA_BITS = 256

/** The records that are no observations, each with its object, position and reason. */
export const toRejected =
  () =>
  (records: DataFrame<typeof ParsedRecord>): DataFrame<typeof Rejected> => {
    const splits = records
      .groupBy('source_object', 'block_start')
      .agg((c) => ({ first_record_id: min(c.record_id) }))
    return records
      .filter((c) => c.reject_reason.isNotNull())
      .join(splits, { on: ['source_object', 'block_start'], how: 'inner' })
      .withColumns((c) => ({ record_number: c.record_id.minus(c.first_record_id).plus(1) }))
      .select((c) => ({
        rejected_id: sha2(
          concatWs('|', c.source_object, c.block_start.cast(t.string), c.record_number.cast(t.string)),
          SHA_BITS,
        ),
        object: c.source_object,
        block_start: c.block_start,
        record_number: c.record_number,
        reason: c.reject_reason,
        record: c.rejected_record,
      }))
  }
