import type { Column, DataFrame, t } from 'spark-connect-js'
import {
  array,
  coalesce,
  flatten,
  inputFileBlockStart,
  inputFileName,
  split,
  transform,
  when,
} from 'spark-connect-js/functions'
import { JsonRecord } from '../../schema/json-record.ts'
import type { ParsedLine } from '../../schema/raw-record.ts'
import { isFlat } from '../observation/flat-record.ts'
import { isXV1 } from '../observation/x-v1-tweet.ts'
import { structFields } from '../struct-fields.ts'
import { inEnvelope, isWhole, wholeRecord } from './envelope.ts'
import { takePageApart } from './take-page-apart.ts'

const SOMETHING = String.raw`\S`

/**
 * Between two records: after a brace that closes, before one that opens and is followed by a key, or by nothing
 * more on the line (a record cut after its first byte). A text that ends in `}{` is no such place: there, the
 * quote is followed by a comma, a colon or a bracket.
 */
const BOUNDARY = String.raw`(?<=\})\s*(?=\{(?:\s*"[^",:\]}\s]|\s*"?\s*$))`

/** What no page of the X API v2 is without; a text that holds it has the quotes escaped. */
const PAGE_KEY = '"data"'

/**
 * Parses each line of a text source as one record. Firehose writes records one after the other, with no newline
 * between them unless it is told to: a line that is not one record is cut into what may be several. Parsing tells
 * so for nothing, while a search for the boundary costs a quarter of the parsing. A page is cut into its tweets.
 * Blank lines hold none.
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
      .select((c) => {
        const record = structFields(wholeRecord(c.envelope), JsonRecord)
        const mayBePage = isFlat(record).or(isXV1(record)).eq(false).and(c.line.contains(PAGE_KEY))
        const isOne = isWhole(c.envelope).and(mayBePage.eq(false))
        return {
          source_object: c.source_object,
          block_start: c.block_start,
          // Null for a line of several: each of its parts would carry a copy of it.
          record: when(isOne, c.line),
          json: when(isOne, wholeRecord(c.envelope)),
          parts: when(isOne.eq(false), partsOf(c.line, isWhole(c.envelope))),
        }
      })

const partsOf = (line: Column<typeof t.string>, isWholeLine: Column<typeof t.boolean>) => {
  const parts = when(isWholeLine, array(line)).otherwise(split(line, BOUNDARY))
  const taken = transform(parts, (part) => coalesce(takePageApart(part), array(part)))
  return when(line.contains(PAGE_KEY), flatten(taken)).otherwise(parts)
}
