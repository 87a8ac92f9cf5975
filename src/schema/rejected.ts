import { schema, t } from 'spark-connect-js'

/** A record that could not be used: where it stood, why, and how it begins. Key: rejected_id. */
export const Rejected = schema({
  rejected_id: t.string.nullable, // SHA-256 of the position, so that a second reading adds nothing
  object: t.string.nullable,
  block_start: t.long.nullable, // the byte of the object at which the split begins that it was read in
  record_number: t.long.nullable, // one-based within that split
  reason: t.string.nullable,
  record: t.string.nullable, // its first 2,000 characters
})
