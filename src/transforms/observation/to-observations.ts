import type { ColumnsOf, DataFrame } from 'spark-connect-js'
import { struct, when } from 'spark-connect-js/functions'
import { JsonRecord } from '../../schema/json-record.ts'
import type { ParsedRecord } from '../../schema/observation.ts'
import type { RawRecord } from '../../schema/raw-record.ts'
import { structFields } from '../struct-fields.ts'
import { flatColumns, isFlat } from './flat-record.ts'
import { OTHER_FORMAT, parsedColumns, type TermOption } from './parsed-columns.ts'
import { isXV1, xV1Observation } from './x-v1-tweet.ts'

/**
 * Turns each record of a common format, flat or of the X API v1.1, into an observation, or gives the reason why it
 * is none. What is of another format waits for `toOtherObservations`, with its text. A record that names no term
 * gets `term`.
 */
export const toObservations =
  ({ term }: TermOption = {}) =>
  (records: DataFrame<typeof RawRecord>): DataFrame<typeof ParsedRecord> =>
    // Two projections and no more: each copies the whole record.
    records
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: c.record_id,
        record: c.record,
        is_whole: c.json.isNotNull(),
        observation: observation(structFields(c.json, JsonRecord)),
      }))
      .select((c) =>
        parsedColumns(c, {
          term,
          noObservation: when(c.is_whole, OTHER_FORMAT).otherwise('not one whole JSON object'),
        }),
      )

const observation = (json: ColumnsOf<typeof JsonRecord>) =>
  when(isFlat(json), struct(flatColumns(json))).when(isXV1(json), xV1Observation(json))
