import { schema, t } from 'spark-connect-js'

/** How much one user carried an author's tweets in one window. Key: (term, amplifier_id, author_id). */
export const InfluenceEdge = schema({
  term: t.string,
  amplifier_id: t.string,
  author_id: t.string,
  retweets: t.long.nullable, // by the amplifier, observed; 0 where they lie before the window
  expected_children: t.double.nullable, // retweets in the window that those are expected to draw directly
  amplifier_followers: t.long.nullable, // the most that were seen
})

/** A user of the edges and their number, from 1, the most retweeted first. Key: (term, user_id), and number. */
export const NetworkUser = schema({
  term: t.string,
  user_id: t.string,
  number: t.integer,
})

/** An edge and the numbers of its ends. */
export const NumberedEdge = schema({
  ...InfluenceEdge,
  amplifier: t.integer,
  author: t.integer,
})

/** For how many votes one user's label counts with another, or with themself. */
export const Tie = schema({
  from: t.integer,
  to: t.integer,
  votes: t.long.nullable,
})

/** Which label a user carries: the number of some user of their community. Key: user. */
export const Label = schema({
  user: t.integer,
  label: t.integer.nullable,
})

/** The community that a user is in, named by the id of its most retweeted member. Key: user. */
export const Community = schema({
  user: t.integer,
  community: t.string,
})

/** An edge beside the communities of its ends. */
export const CommunityEdge = schema({
  ...InfluenceEdge,
  amplifier_community: t.string.nullable,
  author_community: t.string.nullable,
})
