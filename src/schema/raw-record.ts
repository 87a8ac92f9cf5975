import { schema, t } from 'spark-connect-js'

/** Where a record stood: its object, the split of it that Spark read, and its number there. */
export const RecordPosition = schema({
  source_object: t.string,
  block_start: t.long, // the byte of the object at which the split begins
  record_id: t.long, // grows by one a record within the task that read the split
})

/** One record's text, not yet parsed. */
export const RawRecord = schema({ ...RecordPosition, record: t.string })
