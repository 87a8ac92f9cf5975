import type { ColumnsOf, DataFrame, StringColumn } from 'spark-connect-js'
import { fromJson, lit, struct, when } from 'spark-connect-js/functions'
import { ComplianceEvents } from '../../schema/compliance-event.ts'
import type { ParsedRecord } from '../../schema/observation.ts'
import { OtherRecord } from '../../schema/other-record.ts'
import { computedOnce } from '../computed-once.ts'
import { JSON_OPTIONS } from '../record/json-options.ts'
import { structFields } from '../struct-fields.ts'
import { batchObservation, complianceObservation, isBatchLine, isCompliance } from './compliance-event.ts'
import { isJetstream, jetstreamObservation } from './jetstream-event.ts'
import { OTHER_FORMAT, parsedColumns, type TermOption } from './parsed-columns.ts'
import { UNKNOWN } from './text-readers.ts'
import { isXV2, xV2Observation } from './x-v2-tweet.ts'

const NO_FORMAT = 'no known format: neither a flat record, nor one of the X API or of Jetstream'

/**
 * Turns what `toObservations` left, records of neither common format, into observations, or gives the reason why
 * they are none. Apart from the common formats, because Spark plans for a second what it takes to read these, and
 * most inputs hold none.
 */
export const toOtherObservations =
  ({ term }: TermOption = {}) =>
  (records: DataFrame<typeof ParsedRecord>): DataFrame<typeof ParsedRecord> =>
    records
      .filter((c) => c.reject_reason.eq(OTHER_FORMAT))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: c.record_id,
        record: c.rejected_record,
        observation: observation(c.rejected_record),
      }))
      .select((c) => parsedColumns(c, { term, noObservation: lit(NO_FORMAT) }))

const observation = (record: StringColumn) =>
  computedOnce(fromJson(record, OtherRecord, JSON_OPTIONS), (json) => {
    const c = structFields(json, OtherRecord)
    const events = structFields(c.data, ComplianceEvents)
    return when(isXV2(c), xV2Observation(c))
      .when(isJetstream(c), jetstreamObservation(c))
      .when(isCompliance(events), complianceObservation(events))
      .when(isCompliance(c), complianceObservation(c))
      .when(isBatchLine(c), batchObservation(c))
      .otherwise(struct({ ...UNKNOWN, reject_reason: whyNone(c) }))
  })

const whyNone = (c: ColumnsOf<typeof OtherRecord>) =>
  when(c.data.isNotNull(), 'no tweet id')
    .when(c.errors.isNotNull(), 'an answer of the X API v2 with errors only')
    .when(c.meta.isNotNull().or(c.includes.isNotNull()), 'a page of the X API v2 without tweets')
    .otherwise(NO_FORMAT)
