import type { Random } from '../../random.ts'
import type { Cascade, Spreader } from './cascade.ts'
import { type FlatRecord, MISSING, RECORD_VERSION } from '../../record/flat-record.ts'
import { flatTime } from '../../record/times.ts'
import { type Passerby, type Person, type Population, passerby, person } from './people.ts'
import { wording } from './texts.ts'

/** What one retweet is made of. */
export interface RetweetParts {
  readonly population: Population
  readonly cascade: Cascade
  readonly reader: Passerby
  readonly id: string
  readonly rootId: string
  readonly parent: Spreader
  readonly atMs: number
}

const HIDDEN_FOLLOWERS_SHARE = { usual: 0.003, hiding: 0.4 }
const UNKNOWN_USER_SHARE = 0.001
const UNKNOWN_COUNTER_SHARE = 0.002
const GROWTH_PER_HOUR = 0.0004 // of everybody's followers

/** The flat record of one retweet; what the collector could not learn is missing. */
export function flatRetweet(random: Random, parts: RetweetParts): FlatRecord {
  const { cascade, population, reader, atMs } = parts
  const writer = person(population, cascade.writer)
  const said = wording({ hash: cascade.hash, term: cascade.term, moment: cascade.moment, lang: writer.lang })
  const hours = Math.max(0, atMs - cascade.bornAtMs) / 3_600_000
  const hidden = cascade.hidesFollowers ? HIDDEN_FOLLOWERS_SHARE.hiding : HIDDEN_FOLLOWERS_SHARE.usual
  const isKnown = random.unit() >= UNKNOWN_USER_SHARE
  const hasFollowers = isKnown && random.unit() >= hidden
  return {
    status_id: parts.id,
    status_created_at: flatTime(atMs),
    searched_names: cascade.term,
    sentiment: said.sentiment,
    ...rootColumns(random, { ...parts, text: said.text }),
    ...authorColumns(writer, hours),
    status_user_id: isKnown ? reader.id : MISSING,
    status_user_screen_name: isKnown ? reader.screenName : MISSING,
    status_user_followers_count: hasFollowers ? grown(reader.followers, hours) : MISSING,
    status_user_location: isKnown ? (reader.location ?? MISSING) : MISSING,
    status_text: `RT @${writer.screenName}: ${said.text}`,
    status_lang: said.lang,
    status_kind: 'retweet',
    ...parentColumns(parts),
    sentiment_score: said.sentimentScore,
    record_version: RECORD_VERSION,
  }
}

function rootColumns(random: Random, parts: RetweetParts & { readonly text: string }): FlatRecord {
  const { cascade } = parts
  const isCounted = random.unit() >= UNKNOWN_COUNTER_SHARE
  return {
    rt_status_id: parts.rootId,
    rt_status_created_at: flatTime(cascade.bornAtMs),
    rt_status_text: parts.text,
    rt_status_favorited: 'False',
    rt_status_retweeted: 'False',
    rt_status_favorite_count: isCounted ? String(cascade.favourites) : MISSING,
    rt_status_retweet_count: String(cascade.claimedRetweets),
  }
}

function authorColumns(writer: Person, hours: number): FlatRecord {
  return {
    rt_status_user_id: writer.id,
    rt_status_user_name: writer.name,
    rt_status_user_screen_name: writer.screenName,
    rt_status_user_profile_image: writer.image,
    rt_status_user_location: writer.location ?? MISSING,
    rt_status_user_followers_count: grown(writer.followers, hours),
    rt_status_user_friends_count: String(writer.friends),
    rt_status_user_statuses_count: String(writer.statuses),
    rt_status_user_favourites_count: String(writer.favouritesGiven),
    rt_status_user_listed_count: String(writer.listed),
  }
}

/** As in the real API most records do not tell whom a retweet was made from. */
function parentColumns({ cascade, parent, population }: RetweetParts): FlatRecord {
  if (!cascade.namesParents) return { status_parent_id: MISSING, status_parent_user_id: MISSING }
  return { status_parent_id: parent.id, status_parent_user_id: passerby(population, parent.person).id }
}

const grown = (followers: number, hours: number): string =>
  String(Math.floor(followers * (1 + GROWTH_PER_HOUR * hours)))
