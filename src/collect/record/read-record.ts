import { isFlat, tweetFromFlat } from './from-flat.ts'
import { isJetstream, readJetstream } from './from-jetstream.ts'
import { isXV1, tweetFromXV1 } from './from-x-v1.ts'
import { firstTag, includedIn, tweetFromXV2 } from './from-x-v2.ts'
import { type JsonObject, known, objectOf } from './json.ts'
import { type Reading, refused } from './reading.ts'
import { isoTimeMs } from './times.ts'

/** The events of X's compliance streams, side by side in the v1.1 stream, under `data` in v2's. */
const COMPLIANCE = 'delete drop withheld status_withheld user_delete user_suspend user_protect user_withheld'
  .concat(' scrub_geo user_scrub_geo undrop tweet_edit user_undelete user_unsuspend user_unprotect')
  .concat(' user_profile_modification limit warning disconnect')
  .split(' ')

/** What a record of any of the formats is: docs/formats.md. A page of the X API v2 is taken apart before. */
export function readRecord(json: JsonObject): Reading {
  if (isFlat(json)) return { is: 'flat', tweet: tweetFromFlat(json), json }
  if (isXV1(json)) return { is: 'tweet', tweet: tweetFromXV1(json) }
  const data = objectOf(json['data'])
  if (data !== null && isThere(data['id'])) {
    const tweet = tweetFromXV2(data, includedIn(json['includes']))
    return { is: 'tweet', tweet: { ...tweet, term: firstTag(json['matching_rules']) } }
  }
  if (isJetstream(json)) return readJetstream(json)
  return readCompliance(data ?? {}) ?? readCompliance(json) ?? readBatchLine(json) ?? refused(whyNone(json))
}

/** Whether it asks to forget something is for those to say who read it: it is kept as it came. */
function readCompliance(json: JsonObject): Reading | null {
  const name = COMPLIANCE.find((one) => isThere(json[one]))
  if (name === undefined) return null
  const event = objectOf(json[name]) ?? {}
  const subject = objectOf(event['tweet']) ?? objectOf(event['status']) ?? objectOf(event['user']) ?? event
  const about = known(subject['id_str']) ?? known(subject['id']) ?? known(event['user_id']) ?? ''
  return { is: 'notice', about, atMs: isoTimeMs(event['event_at']) }
}

/** A line of a batch compliance job's result. */
function readBatchLine(json: JsonObject): Reading | null {
  const id = known(json['id'])
  if (id === null || known(json['action']) === null) return null
  return { is: 'notice', about: id, atMs: isoTimeMs(json['redacted_at']) }
}

const isThere = (value: unknown): boolean => (value ?? null) !== null

function whyNone(json: JsonObject): string {
  if (objectOf(json['data']) !== null) return 'no tweet id'
  if (isThere(json['errors'])) return 'an answer of the X API v2 with errors only'
  if (isThere(json['meta']) || isThere(json['includes'])) return 'a page of the X API v2 without tweets'
  return 'no known format: neither a flat record, nor one of the X API or of Jetstream'
}
