import { schema, t } from 'spark-connect-js'
import { JsonRecord } from './json-record.ts'

const LineOrigin = {
  source_object: t.string,
  block_start: t.long, // the byte of the object at which the split that Spark read begins
}

/** Where a record stood: its object, the split of it that Spark read, and its number there. */
export const RecordPosition = schema({
  ...LineOrigin,
  record_id: t.long, // grows by one a record within the task that read the split
})

/** A line of text: one record, or else the texts of what may be several. */
export const ParsedLine = schema({
  ...LineOrigin,
  record: t.string.nullable,
  json: t.struct(JsonRecord).nullable,
  parts: t.array(t.string.nullable).nullable, // null if the line is one record
})

/** One record's text, and what was read from it: null if the text is not one whole JSON object. */
export const RawRecord = schema({
  ...RecordPosition,
  record: t.string.nullable,
  json: t.struct(JsonRecord).nullable,
})
