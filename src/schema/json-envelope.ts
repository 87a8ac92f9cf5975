import { schema, t, type AllNullable } from 'spark-connect-js'
import { JsonRecord } from './json-record.ts'
import { RawRecord } from './raw-record.ts'

/**
 * What a record is parsed inside. Spark's JSON reader stops after the first value and drops what follows it;
 * in an envelope, whatever follows breaks the envelope, and a brace too many closes it before its seal.
 */
export const Envelope = schema({ record: t.struct(JsonRecord), seal: t.string, malformed: t.string })

/** A record's text beside what was read from it. */
export type EnvelopedRecord = typeof RawRecord & {
  readonly envelope: ReturnType<typeof t.struct<AllNullable<typeof Envelope>>>['nullable']
}
