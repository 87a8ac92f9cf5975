import { schema, t } from 'spark-connect-js'

/** One user follows another. */
export const Follow = schema({
  of_root: t.string.nullable, // the one cascade that this is said of; null if of all
  follower_id: t.string.nullable,
  followee_id: t.string.nullable,
})

/** Whom a participant retweeted from. Participants are told apart by their order. Key: (term, root_id, order). */
export const ParentLink = schema({
  term: t.string,
  root_id: t.string,
  order: t.integer.nullable,
  parent_order: t.integer.nullable, // 0 for the root, else before `order`
})

/**
 * The way from a participant back along known parents, as far as it has been followed. Steps only lead to what came
 * earlier, so there are no circles. Key: (term, root_id, order).
 */
export const ParentChain = schema({
  term: t.string,
  root_id: t.string,
  order: t.integer.nullable,
  parent_order: t.integer.nullable, // 0 for the root; null where it is not known
  known_method: t.integer.nullable, // of the cascade, where all its parents are known: `DEPTH_METHODS`
  next_order: t.integer.nullable, // where the way goes on; null once it has been followed to its end
  anchor_order: t.integer.nullable, // its end, once that is known: 0 for the root
  known_hops: t.integer.nullable, // steps so far
  known_children: t.long.nullable, // null before the first round
  events: t.long.nullable, // of the window that come along this way: this one, and those known to be downstream so far
})
