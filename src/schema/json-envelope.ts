import { schema, t } from 'spark-connect-js'
import { JsonRecord } from './json-record.ts'

/**
 * What a text is parsed inside. Spark's JSON reader stops after the first value and drops what follows it;
 * in an envelope, whatever follows breaks the envelope, and a brace too many closes it before its seal.
 */
export const Envelope = schema({
  record: t.struct(JsonRecord).nullable,
  seal: t.string.nullable,
})
