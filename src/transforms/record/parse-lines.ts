import type { DataFrame, t } from 'spark-connect-js'
import { inputFileBlockStart, inputFileName, split, when } from 'spark-connect-js/functions'
import type { ParsedLine } from '../../schema/raw-record.ts'
import { inEnvelope, isWhole, wholeRecord } from './envelope.ts'

const SOMETHING = String.raw`\S`

/**
 * Between two records: after a brace that closes, before one that opens and is followed by a key, or by nothing
 * more on the line (a record cut after its first byte). A text that ends in `}{` is no such place: there, the
 * quote is followed by a comma, a colon or a bracket.
 */
const BOUNDARY = String.raw`(?<=\})\s*(?=\{(?:\s*"[^",:\]}\s]|\s*"?\s*$))`

/**
 * Parses each line of a text source as one record. Firehose writes records one after the other, with no newline
 * between them unless it is told to: a line that is not one record is cut into what may be several. Parsing tells
 * so for nothing, while a search for the boundary costs a quarter of the parsing. Blank lines hold none.
 */
export const parseLines =
  () =>
  (lines: DataFrame<{ readonly value: typeof t.string }>): DataFrame<typeof ParsedLine> =>
    lines
      .filter((c) => c.value.startswith('{').or(c.value.rlike(SOMETHING)))
      .select((c) => ({
        // Only the source knows them, and only while it reads.
        source_object: inputFileName(),
        block_start: inputFileBlockStart(),
        line: c.value,
        envelope: inEnvelope(c.value),
      }))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        // Null for a line of several: each of its parts would carry a copy of it.
        record: when(isWhole(c.envelope), c.line),
        json: wholeRecord(c.envelope),
        parts: when(isWhole(c.envelope).eq(false), split(c.line, BOUNDARY)),
      }))
