import type { DataFrame } from 'spark-connect-js'
import { array, explode, length, lit, split, struct, transform, trim, when } from 'spark-connect-js/functions'
import type { RawRecord } from '../../schema/raw-record.ts'

/** What a line with several records must contain; cheap enough to ask of every line. */
const NEIGHBOURS = String.raw`\}\s*\{`

/**
 * Between two records: after a brace that closes, before one that opens and is followed by a key, or by nothing
 * more on the line (a record cut after its first byte). A text that ends in `}{` is no such place: there, the
 * quote is followed by a comma, a colon or a bracket.
 */
const BOUNDARY = String.raw`(?<=\})\s*(?=\{(?:\s*"[^",:\]}\s]|\s*"?\s*$))`

/**
 * One row a record where a line holds several: Firehose writes records one after the other, with no newline
 * between them unless it is told to. Blank lines vanish.
 */
export const explodeRecords =
  () =>
  (lines: DataFrame<typeof RawRecord>): DataFrame<typeof RawRecord> =>
    lines
      .filter((c) => length(trim(c.record)).gt(0))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        line_id: c.line_id,
        found: explode(
          when(
            c.record.rlike(NEIGHBOURS),
            transform(split(c.record, BOUNDARY), (record, part) => struct({ part, record })),
          ).otherwise(array(struct({ part: lit(0), record: c.record }))),
        ),
      }))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        line_id: c.line_id,
        part: c.found.getField('part'),
        record: c.found.getField('record'),
      }))
