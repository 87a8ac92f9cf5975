import { schema, t } from 'spark-connect-js'

const text = t.string.nullable

/** What an event is about, in the words of all of X's interfaces. */
export const ComplianceSubject = schema({
  tweet: t.struct({ id: text, author_id: text }).nullable,
  status: t.struct({ id_str: text, id: text, user_id_str: text, user_id: text }).nullable,
  user: t.struct({ id: text }).nullable,
  id: text,
  user_id: text,
  up_to_tweet_id: text,
  up_to_status_id: text,
  withheld_in_countries: t.array(text).nullable,
  event_at: text,
  timestamp_ms: text,
})

const subject = t.struct(ComplianceSubject).nullable

/** The events that ask to forget something: side by side in the v1.1 stream, under `data` in v2's. */
const RemovingEvents = schema({
  delete: subject,
  drop: subject,
  withheld: subject,
  status_withheld: subject,
  user_delete: subject,
  user_suspend: subject,
  user_protect: subject,
  user_withheld: subject,
  scrub_geo: subject,
  user_scrub_geo: subject,
})

/** The events that ask for nothing that is kept here. */
const OtherNotices = schema({
  undrop: text,
  tweet_edit: text,
  user_undelete: text,
  user_unsuspend: text,
  user_unprotect: text,
  user_profile_modification: text,
  limit: text,
  warning: text,
  disconnect: text,
})

export const ComplianceEvents = schema({ ...RemovingEvents, ...OtherNotices })

/** A line of a batch compliance job's result. It does not say whether its id is a tweet's or a user's. */
export const BatchCompliance = schema({
  id: text,
  action: text,
  reason: text,
  created_at: text, // of the tweet or user
  redacted_at: text,
})
