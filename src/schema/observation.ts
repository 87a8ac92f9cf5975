import { schema, t } from 'spark-connect-js'
import { RecordPosition } from './raw-record.ts'

/**
 * One sighting of one tweet. Repeats of a tweet are several observations: counters change between them.
 * Unknown is null, never 0. An original is its own root.
 */
export const Observation = schema({
  term: t.string.nullable,
  tweet_id: t.string.nullable, // up to 2^64 on X, a URI on Bluesky: never a number; of an edited tweet, the first version's
  edit_id: t.string.nullable, // the version's own id, where a tweet was edited
  kind: t.string.nullable, // original | retweet | quote | reply | like | follow | delete | scrub_geo
  tweeted_at: t.timestamp.nullable,
  author_id: t.string.nullable,
  author_name: t.string.nullable,
  author_screen_name: t.string.nullable,
  author_followers: t.long.nullable,
  author_location: t.string.nullable,
  author_verified: t.boolean.nullable,
  text: t.string.nullable, // the author's own words: a retweet has none, it repeats the root's
  links: t.array(t.string.nullable).nullable, // where the text's links lead, as the record says; null if it does not
  lang: t.string.nullable,
  sentiment: t.double.nullable, // -1 to 1
  root_id: t.string.nullable,
  root_tweeted_at: t.timestamp.nullable,
  root_text: t.string.nullable,
  root_retweets: t.long.nullable, // the platform's counter at this sighting; it may fall
  root_favourites: t.long.nullable,
  root_author_id: t.string.nullable,
  root_author_name: t.string.nullable,
  root_author_screen_name: t.string.nullable,
  root_author_followers: t.long.nullable,
  root_author_friends: t.long.nullable,
  root_author_statuses: t.long.nullable,
  root_author_listed: t.long.nullable,
  root_author_favourites_given: t.long.nullable,
  root_author_location: t.string.nullable,
  root_author_image: t.string.nullable,
  // Whom this was retweeted, quoted or answered from, where the record says so.
  parent_id: t.string.nullable,
  parent_author_id: t.string.nullable,
  parent_screen_name: t.string.nullable,
  latitude: t.double.nullable,
  longitude: t.double.nullable,
  place_country: t.string.nullable, // ISO 3166-1 alpha-2
  observed_at: t.timestamp.nullable,
  source_object: t.string.nullable,
})

/** A record as silver keeps it: its observation if it has one, else the reason and the text. */
export const ParsedRecord = schema({
  ...Observation,
  block_start: RecordPosition.block_start.nullable,
  record_id: RecordPosition.record_id.nullable,
  reject_reason: t.string.nullable, // null if the record is usable
  rejected_record: t.string.nullable,
})
