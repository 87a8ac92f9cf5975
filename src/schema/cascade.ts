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

/**
 * What is known of a participant's place from whom they retweeted: nothing, unless records name parents or a follow
 * list is given. `order` tells the participants of a cascade apart; 0 is the root.
 */
const KnownPlace = schema({
  parent_order: t.integer.nullable, // of whom they retweeted from; null where that is not known
  anchor_order: t.integer.nullable, // of the nearest of themself and their known ancestors whose own parent is not known
  known_hops: t.integer.nullable, // from the anchor, along known parents
  known_children: t.long, // events of the window that are known to come from this one directly
  known_downstream: t.long, // directly or not
  known_method: t.integer.nullable, // by which all parents of the cascade are known, as a rank: `DEPTH_METHODS`
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
  ...KnownPlace,
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
  method_rank: t.integer, // of the cascade: `DEPTH_METHODS`
  expected_depth: t.double.nullable, // d_j, >= 1; known where the parents are
  non_primary: t.double.nullable, // 1 - w_0 / W_{j-1}: the probability of not being a child of the root
  expected_downstream: t.double.nullable, // phi_j - 1, counting events of the window only
  expected_children: t.double.nullable, // those of them who retweet from this participant directly
})

const { retweets_in_window, sentiment_sum, sentiment_count, last_root_followers, last_favourites } =
  Participant
const { term, root_id, root_author_id, user_key, followers, last_claimed_retweets, last_at } = Participant
const {
  is_event_in_window,
  method_rank,
  expected_depth,
  non_primary,
  expected_downstream,
  expected_children,
} = SpreadParticipant

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
  method_rank,
  expected_depth,
  non_primary,
  expected_downstream,
  expected_children,
})

/** What one cascade gathered in one window. Key: (term, root_id). */
export const CascadeReach = schema({
  term: t.string,
  root_id: t.string,
  root_author_id: t.string.nullable,
  method_rank: t.integer.nullable, // `DEPTH_METHODS`
  retweets: t.long.nullable, // distinct, observed, in the window
  retweeters: t.long, // users other than the root's author, whose first retweet is in the window
  depth_events: t.long, // those of them whose depth is known or estimated
  depth_sum: t.double.nullable,
  max_depth: t.double.nullable,
  non_primary_retweets: t.double.nullable,
  non_primary_variance: t.double.nullable,
  sentiment_sum: t.double.nullable,
  sentiment_count: t.long.nullable,
  favourites: t.long.nullable, // as last seen
  claimed_retweets: t.long.nullable, // as last seen
  root_followers: t.long.nullable, // as last seen
  last_at: t.timestamp.nullable,
})

/** The score of one cascade in one window, beside what its root says. Key: (term, root_id). */
export const CascadeScore = schema({
  term: t.string,
  root_id: t.string,
  author_id: t.string.nullable, // of the root
  depth_method: t.string, // one of `DEPTH_METHODS`
  tweeted_at: t.timestamp.nullable, // the root's time
  text: t.string.nullable, // of the root, at most 500 characters
  retweets: t.long.nullable, // distinct, observed, in the window
  claimed_retweets: t.long.nullable, // what the platform's counter says
  coverage: t.double.nullable, // observed / claimed; above 1 where the counter lags
  favourites: t.long.nullable,
  retweeters: t.long, // users other than the root's author
  non_primary_retweets: t.double.nullable,
  non_primary_low: t.double.nullable, // 95 %
  non_primary_high: t.double.nullable,
  mean_depth: t.double.nullable, // >= 1
  max_depth: t.double.nullable, // >= 1
  sentiment: t.double.nullable, // -1 to 1
  seen_at: t.timestamp.nullable, // the newest event
})
