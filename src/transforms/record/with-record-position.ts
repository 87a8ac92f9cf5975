import { t, type DataFrame } from 'spark-connect-js'
import {
  inputFileBlockStart,
  inputFileName,
  monotonicallyIncreasingId,
  lit,
} from 'spark-connect-js/functions'
import { RawRecord } from '../../schema/raw-record.ts'

/**
 * Gives each line of a text source its place: object, split, and a number that grows by one a line within the
 * split. Must come first: the source knows the place only while it reads.
 */
export const withRecordPosition =
  () =>
  (lines: DataFrame<{ readonly value: typeof t.string }>): DataFrame<typeof RawRecord> =>
    lines.select((c) => ({
      source_object: inputFileName(),
      block_start: inputFileBlockStart(),
      line_id: monotonicallyIncreasingId(),
      part: lit(0),
      record: c.value,
    }))
