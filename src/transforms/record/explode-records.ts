import type { DataFrame, t } from 'spark-connect-js'
import {
  array,
  explode,
  inputFileBlockStart,
  inputFileName,
  monotonicallyIncreasingId,
  split,
  when,
} from 'spark-connect-js/functions'
import type { RawRecord } from '../../schema/raw-record.ts'

const SOMETHING = String.raw`\S`

/** What a line with several records contains; looked for before the dear regular expression is asked. */
const NEIGHBOURS = ['}{', '} {'] as const

/**
 * Between two records: after a brace that closes, before one that opens and is followed by a key, or by nothing
 * more on the line (a record cut after its first byte). A text that ends in `}{` is no such place: there, the
 * quote is followed by a comma, a colon or a bracket.
 */
const BOUNDARY = String.raw`(?<=\})\s*(?=\{(?:\s*"[^",:\]}\s]|\s*"?\s*$))`

/**
 * One row a record, with its place, from the lines of a text source. Firehose writes records one after the other,
 * with no newline between them unless it is told to, so a line may hold several; blank lines hold none.
 */
export const explodeRecords =
  () =>
  (lines: DataFrame<{ readonly value: typeof t.string }>): DataFrame<typeof RawRecord> =>
    lines
      .filter((c) => c.value.startswith('{').or(c.value.rlike(SOMETHING)))
      .select((c) => ({
        // Only the source knows them, and only while it reads.
        source_object: inputFileName(),
        block_start: inputFileBlockStart(),
        record: explode(
          when(
            c.value.contains(NEIGHBOURS[0]).or(c.value.contains(NEIGHBOURS[1])),
            split(c.value, BOUNDARY),
          ).otherwise(array(c.value)),
        ),
      }))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: monotonicallyIncreasingId(),
        record: c.record,
      }))
