import { schema, t, type ColumnsOf } from 'spark-connect-js'
import { arrayContains, coalesce, concat, lit, struct, when } from 'spark-connect-js/functions'
import { ComplianceEvents, ComplianceSubject, type BatchCompliance } from '../../schema/compliance-event.ts'
import { computedOnce } from '../computed-once.ts'
import { structFields } from '../struct-fields.ts'
import { FIRST_SNOWFLAKE, isSequentialId, millisTime } from './id-times.ts'
import { isoTime, known, UNKNOWN } from './text-readers.ts'

type Events = ColumnsOf<typeof ComplianceEvents>
type Subject = ColumnsOf<typeof ComplianceSubject>
type BatchLine = ColumnsOf<typeof BatchCompliance>

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's own keys
const NAMES = Object.keys(ComplianceEvents) as (keyof typeof ComplianceEvents)[]

// X's codes for what is withheld in all countries, and on a claim of copyright.
const EVERYWHERE = 'XX'
const BY_COPYRIGHT = 'XY'

/** Whether a record asks to forget something, or is another notice of a stream. */
export const isCompliance = (c: Events) =>
  NAMES.reduce((any, name) => any.or(c[name].isNotNull()), c.delete.isNotNull())

const SubjectType = t.struct(ComplianceSubject).nullable
const Asked = schema({ tweet: SubjectType, user: SubjectType, place: SubjectType })

/** What X asks to forget: a tweet, all that a user said, or where they were. Other notices are none. */
export const complianceObservation = (c: Events) => {
  const asked = struct({
    tweet: coalesce(c.delete, c.drop, ifEverywhere(c.withheld), ifEverywhere(c.status_withheld)),
    user: coalesce(c.user_delete, c.user_suspend, c.user_protect, ifEverywhere(c.user_withheld)),
    place: coalesce(c.scrub_geo, c.user_scrub_geo),
  })
  return computedOnce(asked, (found) => {
    const { tweet, user, place } = structFields(found, Asked)
    return when(tweet.isNotNull(), struct(tweetDeletion(structFields(tweet, ComplianceSubject))))
      .when(user.isNotNull(), struct(userDeletion(structFields(user, ComplianceSubject))))
      .when(place.isNotNull(), struct(placeDeletion(structFields(place, ComplianceSubject))))
      .otherwise(struct({ ...UNKNOWN, reject_reason: whyNot(c) }))
  })
}

const timeOf = (of: Subject) => coalesce(isoTime(of.event_at), millisTime(of.timestamp_ms))

const tweetDeletion = (of: Subject) => {
  const { tweet, status } = of
  const tweetId = coalesce(tweet.getField('id'), status.getField('id_str'), status.getField('id'), of.id)
  return {
    ...UNKNOWN,
    kind: lit('delete'),
    tweet_id: tweetId,
    author_id: coalesce(
      tweet.getField('author_id'),
      status.getField('user_id_str'),
      status.getField('user_id'),
      of.user_id,
    ),
    tweeted_at: timeOf(of),
    reject_reason: when(tweetId.isNull(), 'a deleted like, of which nothing is kept'),
  }
}

const userDeletion = (of: Subject) => ({
  ...UNKNOWN,
  kind: lit('delete'),
  ...userColumns(of),
  tweeted_at: timeOf(of),
})

const placeDeletion = (of: Subject) => ({
  ...UNKNOWN,
  kind: lit('scrub_geo'),
  tweet_id: coalesce(of.up_to_tweet_id, of.up_to_status_id),
  ...userColumns(of),
  tweeted_at: timeOf(of),
})

const userColumns = (of: Subject) => {
  const userId = coalesce(of.user.getField('id'), of.user_id, of.id)
  return { author_id: userId, reject_reason: when(userId.isNull(), 'a compliance event that names nobody') }
}

/** What is withheld in some countries only is not forgotten. */
const ifEverywhere = (subject: Events['withheld']) => {
  const countries = subject.getField('withheld_in_countries')
  return when(arrayContains(countries, EVERYWHERE).or(arrayContains(countries, BY_COPYRIGHT)), subject)
}

const whyNot = (c: Events) =>
  NAMES.reduce(
    (reason, name) => reason.when(c[name].isNotNull(), `a notice by which nothing is forgotten: ${name}`),
    when(lit(false), ''),
  )

/** Whether a record is a line of a batch compliance job's result. */
export const isBatchLine = (c: BatchLine) => c.id.isNotNull().and(c.action.isNotNull())

/**
 * A line of a batch job does not say whether its id is a tweet's or a user's: unless the id itself does, the deletion
 * names both. Ids have long been made so that no tweet has the id of a user.
 */
export const batchObservation = ({ id, action, reason, created_at, redacted_at }: BatchLine) => {
  const isScrub = action.eq('scrub_geo').or(reason.eqNullSafe('scrub_geo'))
  // Tweets had left sequential ids by then, users had not.
  const isUser = isSequentialId(id).and(isoTime(created_at).geq(lit(FIRST_SNOWFLAKE)))
  return struct({
    ...UNKNOWN,
    kind: when(isScrub, 'scrub_geo').otherwise('delete'),
    tweet_id: when(coalesce(isUser, lit(false)).eq(false), known(id)),
    author_id: when(isScrub.eq(false), known(id)),
    tweeted_at: isoTime(redacted_at),
    reject_reason: when(
      isScrub.or(action.eq('delete')).eq(false),
      concat('a compliance action that deletes nothing: ', action),
    ),
  })
}
