import { schema, t } from 'spark-connect-js'
import { BatchCompliance, ComplianceEvents } from './compliance-event.ts'
import { JetstreamEvent } from './jetstream-event.ts'
import { XV2Includes, XV2Tweet } from './x-v2-record.ts'

const text = t.string.nullable

/** A record that is neither flat nor an X API v1.1 tweet: the keys of all other formats. */
export const OtherRecord = schema({
  ...JetstreamEvent,
  ...ComplianceEvents,
  ...BatchCompliance,
  data: t.struct({ ...XV2Tweet, ...ComplianceEvents }).nullable,
  includes: t.struct(XV2Includes).nullable,
  matching_rules: t.array(t.struct({ tag: text }).nullable).nullable,
  meta: text,
  errors: text,
})
