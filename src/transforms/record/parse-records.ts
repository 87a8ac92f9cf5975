import type { DataFrame } from 'spark-connect-js'
import { concat, fromJson } from 'spark-connect-js/functions'
import { Envelope, type EnvelopedRecord } from '../../schema/json-envelope.ts'
import type { RawRecord } from '../../schema/raw-record.ts'

const OPTIONS = { mode: 'PERMISSIVE', columnNameOfCorruptRecord: 'malformed' }

/** Parses each record, once. A text that is not one whole JSON object leaves `malformed` set or `seal` null. */
export const parseRecords =
  () =>
  (records: DataFrame<typeof RawRecord>): DataFrame<EnvelopedRecord> =>
    records.withColumns((c) => ({
      envelope: fromJson(concat('{"record":', c.record, ',"seal":"whole"}'), Envelope, OPTIONS),
    }))
