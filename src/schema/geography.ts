import { schema, t } from 'spark-connect-js'

/** What a tweet says best about where its author is, as a text that can be looked up. Key: place_key. */
export const PlaceName = schema({
  place_key: t.long.nullable,
  way: t.string.nullable, // coordinates | place | location
  place: t.string.nullable, // `51.5,-0.1`, `GB` or what the profile says
  sightings: t.long,
})

/** The country of a place. Key: place_key. */
export const PlacedName = schema({
  place_key: t.long,
  way: t.string,
  country: t.string, // ISO 3166-1 alpha-2
})

/** A country's share of a term's tweets in a window. Key: (term, country). */
export const GeographyScore = schema({
  term: t.string,
  country: t.string, // ISO 3166-1 alpha-2, or `unknown`
  volume: t.long, // tweets and retweets
  share: t.double.nullable, // of the term's volume, 0 to 100
  authors: t.long.nullable, // distinct, within 5 %; null if none is known
  by_coordinates: t.long, // how many were placed in which way
  by_place: t.long,
  by_location: t.long,
  reach: t.long.nullable, // authors times the mean of their followers
  sentiment: t.double.nullable, // mean, -1 to 1
})
