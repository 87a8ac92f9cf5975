import { schema, t } from 'spark-connect-js'

/** The order in which one sighting follows another: time, then length of the id, then id. */
export const SightingOrder = schema({
  tweeted_at: t.timestamp.nullable,
  id_length: t.integer.nullable,
  tweet_id: t.string.nullable,
})

/** A counter as last seen, behind the order of its sighting, so that `max` finds the newest. */
export const LastSeen = t.struct({ ...SightingOrder, value: t.long.nullable }).nullable

/** One tweet that spreads a root, however often it was seen. Key: (term, root_id, tweet_id). */
export const CascadeEvent = schema({
  term: t.string,
  root_id: t.string,
  tweet_id: t.string,
  tweeted_at: t.timestamp.nullable,
  author_id: t.string.nullable,
  followers: t.long.nullable,
  sentiment: t.double.nullable,
  root_author_id: t.string.nullable,
  root_tweeted_at: t.timestamp.nullable,
  root_favourites: t.long.nullable,
  root_retweets: t.long.nullable,
  root_followers: t.long.nullable,
})

/**
 * One user's part in a cascade: their first event is the one that spreads, later ones only count.
 * Key: (term, root_id, user_key).
 */
export const Participant = schema({
  term: t.string,
  root_id: t.string,
  user_key: t.string.nullable, // the author's id; an unknown author stands alone, under the tweet's id
  first_at: t.timestamp.nullable,
  first_id_length: t.integer.nullable,
  first_id: t.string.nullable,
  followers: t.long.nullable,
  is_root_author: t.boolean.nullable, // takes no part in the spreading: they are its root
  retweets_in_window: t.long, // all of the user's events that lie in the window
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long,
  root_author_id: t.string.nullable,
  root_tweeted_at: t.timestamp.nullable,
  last_favourites: LastSeen,
  last_claimed_retweets: LastSeen,
  last_root_followers: LastSeen,
})

/** A participant with the weight that draws retweets. */
export const WeightedParticipant = schema({
  ...Participant,
  weight: t.double.nullable, // w_j; 0 for the root's author
  root_weight: t.double.nullable, // w_0, in the unit of this participant's weight
  total_weight: t.double.nullable, // W_j, in the unit of this participant's weight
})

/** A participant with their place in the expected diffusion tree. */
export const SpreadParticipant = schema({
  ...Participant,
  is_event: t.boolean, // not the root's author
  is_event_in_window: t.boolean,
  expected_depth: t.double.nullable, // d_j, >= 1
  non_primary: t.double.nullable, // 1 - w_0 / W_{j-1}: the probability of not being a child of the root
  expected_downstream: t.double.nullable, // phi_j - 1, counting events of the window only
})

/** One cascade in one window. Key: (term, root_id). */
export const CascadeScore = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  retweets: t.long.nullable, // distinct, observed, in the window
  retweeters: t.long, // distinct users other than the root's author, whose first retweet is in the window
  depth_events: t.long, // those of them whose depth is known
  depth_sum: t.double.nullable,
  max_depth: t.double.nullable,
  non_primary_retweets: t.double.nullable,
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long.nullable,
  last_favourites: LastSeen,
  last_claimed_retweets: LastSeen,
  last_followers: LastSeen,
})
