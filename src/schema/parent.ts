import { schema, t } from 'spark-connect-js'

/** One user follows another. */
export const Follow = schema({
  of_root: t.string.nullable, // the one cascade that this is said of; null if of all
  follower_id: t.string.nullable,
  followee_id: t.string.nullable,
})

/** A tweet that spreads a cascade. Key: (term, root_id, tweet_id). */
export const SpreadingTweet = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  tweet_id: t.string,
  author_id: t.string.nullable,
  order: t.integer,
  participant_order: t.integer.nullable, // of its author's first event; 0 if that is the root's author
})

/** Whom a participant retweeted from. Participants are told apart by their order. Key: (term, root_id, order). */
export const ParentLink = schema({
  term: t.string,
  root_id: t.string,
  order: t.integer.nullable,
  parent_order: t.integer.nullable, // 0 for the root, else before `order`
})

/** A participant of a cascade in which some parent is known. Key: (term, root_id, order). */
export const LinkedParticipant = schema({
  term: t.string,
  root_id: t.string,
  order: t.integer.nullable,
  is_event_in_window: t.boolean,
  parent_order: t.integer.nullable, // 0 for the root; null where it is not known
  known_method: t.integer.nullable, // of the cascade, where all its parents are known: `DEPTH_METHODS`
})

/**
 * The way from a participant back along known parents, as far as it has been followed. Steps only lead to what came
 * earlier, so there are no circles. Key: (term, root_id, order).
 */
export const ParentChain = schema({
  term: t.string,
  root_id: t.string,
  order: t.integer.nullable,
  is_event_in_window: t.boolean.nullable,
  parent_order: t.integer.nullable, // 0 for the root; null where it is not known
  known_method: t.integer.nullable, // of the cascade, where all its parents are known: `DEPTH_METHODS`
  next_order: t.integer.nullable, // where the way goes on; null once it has been followed to its end
  anchor_order: t.integer.nullable, // its end, once that is known: 0 for the root
  known_hops: t.integer.nullable, // steps so far
  known_children: t.long.nullable, // null before the first round
  known_downstream: t.long.nullable, // events of the window whose way has come here so far
})
