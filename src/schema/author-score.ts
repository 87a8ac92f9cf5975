import { schema, t } from 'spark-connect-js'

/** What one author gathered in one window, over their tweets with events in it. Key: (term, author_id). */
export const AuthorReach = schema({
  term: t.string,
  author_id: t.string.nullable,
  tweets: t.long,
  retweets: t.long.nullable, // distinct, observed
  claimed_retweets: t.long.nullable, // what the platform's counters say
  favourites: t.long.nullable,
  followers: t.long.nullable, // as last seen
  seen_at: t.timestamp.nullable, // the newest event
  retweeters: t.long.nullable,
  depth_events: t.long.nullable,
  method_rank: t.integer.nullable, // `DEPTH_METHODS`
  non_primary_retweets: t.double.nullable,
  non_primary_variance: t.double.nullable,
  mean_depth: t.double.nullable, // >= 1
  max_depth: t.double.nullable, // >= 1
  sentiment: t.double.nullable, // -1 to 1
})

/** Retweets that an author is expected to have drawn in the cascades of others. Key: (term, author_id). */
export const Amplification = schema({
  term: t.string,
  author_id: t.string.nullable,
  amplification: t.double.nullable,
})

/** The score of one author in one window, with every part of it. Key: (term, author_id). */
export const AuthorScore = schema({
  term: t.string,
  author_id: t.string.nullable,
  depth_method: t.string, // one of `DEPTH_METHODS`: the weakest that the depth is from
  tweets: t.long,
  retweets: t.long.nullable,
  claimed_retweets: t.long.nullable,
  coverage: t.double.nullable, // observed / claimed; above 1 where counters lag
  favourites: t.long.nullable,
  followers: t.long.nullable,
  retweeters: t.long.nullable,
  non_primary_retweets: t.double.nullable,
  non_primary_low: t.double.nullable, // 95 %
  non_primary_high: t.double.nullable,
  mean_depth: t.double.nullable,
  max_depth: t.double.nullable,
  amplification: t.double.nullable,
  engagement_rate: t.double.nullable, // (retweets + favourites) / (tweets * followers)
  sentiment: t.double.nullable,
  retweets_part: t.double.nullable, // the four parts: 0 to 100
  favourites_part: t.double.nullable,
  followers_part: t.double.nullable,
  depth_part: t.double.nullable,
  influence: t.double.nullable, // 0 to 100
  rank_in_term: t.integer,
  seen_at: t.timestamp.nullable, // the newest event
  percentile: t.double, // share of the term's authors that score no higher, 0 to 100
})

/** A score beside who its author is, by their newest sighting. Key: (term, author_id). */
export const ProfiledAuthorScore = schema({
  ...AuthorScore,
  name: t.string.nullable,
  screen_name: t.string.nullable,
  location: t.string.nullable,
  image: t.string.nullable,
  language: t.string.nullable, // as the platform names it
})
