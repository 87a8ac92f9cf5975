import { schema, t } from 'spark-connect-js'

/** Where a record stood: object, split of the object, line of the split, place on the line. */
export const RecordPosition = schema({
  source_object: t.string,
  block_start: t.long, // byte at which the split begins that Spark read the line in
  line_id: t.long, // grows by one a line within a split; `Rejected.line` counts from the split's first
  part: t.integer, // 0 unless the line holds several records
})

/** One record's text, not yet parsed. */
export const RawRecord = schema({ ...RecordPosition, record: t.string })
