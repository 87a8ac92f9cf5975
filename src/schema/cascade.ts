import { schema, t } from 'spark-connect-js'

/**
 * One sighting within its cascade, beside what all the cascade's sightings together say. Ordered by time, then
 * length of the tweet's id, then id. Key: (term, root_id, order).
 */
export const CascadeSighting = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  root_tweeted_at: t.timestamp.nullable,
  order: t.integer, // from 1
  is_repeat: t.boolean, // of the sighting before: the same tweet, seen again
  tweet_id: t.string,
  tweeted_at: t.timestamp.nullable,
  kind: t.string.nullable,
  author_id: t.string.nullable,
  followers: t.long.nullable,
  sentiment: t.double.nullable,
  first_root_followers: t.long.nullable,
  last_root_followers: t.long.nullable,
  last_favourites: t.long.nullable,
  last_claimed_retweets: t.long.nullable,
})

/** What the key of a user begins with whom the platform did not name; the tweet's id follows. */
export const UNKNOWN_AUTHOR = 'tweet:'

/**
 * One user's part in a cascade: their first event is the one that spreads, later ones only count.
 * Key: (term, root_id, user_key).
 */
export const Participant = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  user_key: t.string.nullable, // the author's id; an unknown author stands alone, see UNKNOWN_AUTHOR
  is_root_author: t.boolean, // takes no part in the spreading: they are its root
  order: t.integer.nullable, // of the first event
  first_at: t.timestamp.nullable,
  followers: t.long.nullable, // at the first event
  retweets_in_window: t.long, // all of the user's events that lie in the window
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long,
  root_tweeted_at: t.timestamp.nullable,
  first_root_followers: t.long.nullable,
  last_root_followers: t.long.nullable,
  last_favourites: t.long.nullable,
  last_claimed_retweets: t.long.nullable,
  last_at: t.timestamp.nullable, // of the last event
})

/** A participant with the weight that draws retweets. */
export const WeightedParticipant = schema({
  ...Participant,
  weight: t.double.nullable, // w_j; 0 for the root's author
  root_weight: t.double.nullable, // w_0, in the unit of this participant's weight
  total_weight: t.double.nullable, // W_j, in the unit of this participant's weight
  epoch: t.long.nullable, // which unit that is
})

/** A participant with their place in the expected diffusion tree. */
export const SpreadParticipant = schema({
  ...Participant,
  is_event: t.boolean, // not the root's author
  is_event_in_window: t.boolean,
  expected_depth: t.double.nullable, // d_j, >= 1
  non_primary: t.double.nullable, // 1 - w_0 / W_{j-1}: the probability of not being a child of the root
  expected_downstream: t.double.nullable, // phi_j - 1, counting events of the window only
  expected_children: t.double.nullable, // those of them who retweet from this participant directly
})

const { retweets_in_window, sentiment_sum, sentiment_count, last_root_followers, last_favourites } =
  Participant
const { term, root_id, root_author_id, user_key, followers, last_claimed_retweets, last_at } = Participant
const { is_event_in_window, expected_depth, non_primary, expected_downstream, expected_children } =
  SpreadParticipant

/** What of a participant counts for the cascade's author, and for themself. Key: (term, root_id, user_key). */
export const Contribution = schema({
  term,
  root_id,
  root_author_id,
  user_key,
  followers,
  retweets_in_window,
  sentiment_sum,
  sentiment_count,
  last_root_followers,
  last_favourites,
  last_claimed_retweets,
  last_at,
  is_event_in_window,
  expected_depth,
  non_primary,
  expected_downstream,
  expected_children,
})

/** One cascade in one window. Key: (term, root_id). */
export const CascadeScore = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  retweets: t.long.nullable, // distinct, observed, in the window
  retweeters: t.long, // users other than the root's author, whose first retweet is in the window
  depth_events: t.long, // those of them whose depth is known
  depth_sum: t.double.nullable,
  max_depth: t.double.nullable,
  non_primary_retweets: t.double.nullable,
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long.nullable,
  favourites: t.long.nullable, // as last seen
  claimed_retweets: t.long.nullable, // as last seen
  root_followers: t.long.nullable, // as last seen
  last_at: t.timestamp.nullable,
})
