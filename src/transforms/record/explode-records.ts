import type { DataFrame } from 'spark-connect-js'
import { coalesce, explodeOuter, monotonicallyIncreasingId } from 'spark-connect-js/functions'
import type { ParsedLine, RawRecord } from '../../schema/raw-record.ts'
import { inEnvelope, wholeRecord } from './envelope.ts'

/** One row a record, with its place: the line itself, or each of its parts. */
export const explodeRecords =
  () =>
  (lines: DataFrame<typeof ParsedLine>): DataFrame<typeof RawRecord> =>
    lines
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record: c.record,
        json: c.json,
        part: explodeOuter(c.parts),
      }))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: monotonicallyIncreasingId(),
        record: coalesce(c.record, c.part),
        json: c.json,
        part_envelope: inEnvelope(c.part),
      }))
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: c.record_id,
        record: c.record,
        json: coalesce(c.json, wholeRecord(c.part_envelope)),
      }))
