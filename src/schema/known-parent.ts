import { schema, t } from 'spark-connect-js'

/** A participant of a cascade other than its root's author, at their first event. Key: (root_id, position). */
export const CascadeEvent = schema({
  root_id: t.string,
  root_author_id: t.string.nullable,
  user_key: t.string.nullable,
  position: t.integer, // from 1, in the order of the events; the root is 0
  seconds: t.double.nullable, // since the root, >= 0
  followers: t.long.nullable,
  first_root_followers: t.long.nullable,
  last_root_followers: t.long.nullable,
})

/** An event of a cascade beside the one that it retweeted from. Key: (root_id, position). */
export const KnownParent = schema({
  root_id: t.string,
  position: t.integer, // from 1, in the order of the events; the root is 0
  parent: t.integer, // the position of whom this event retweeted from
  seconds: t.double.nullable, // since the root, >= 0
  followers: t.long.nullable,
  first_root_followers: t.long.nullable,
  last_root_followers: t.long.nullable,
  // Of the whole cascade:
  retweeters: t.long,
  known_followers: t.long, // events whose followers are known
  followed: t.long, // events whose author follows an earlier participant
})
