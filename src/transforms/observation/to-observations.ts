import { t, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, length, lit, nullOf, substring, trim, when } from 'spark-connect-js/functions'
import type { EnvelopedRecord } from '../../schema/json-envelope.ts'
import { JsonRecord } from '../../schema/json-record.ts'
import { ParsedRecord } from '../../schema/observation.ts'
import { RawRecord } from '../../schema/raw-record.ts'
import { flatTexts, isFlat } from './flat-record.ts'
import { readTexts, type ObservationTexts } from './observation-texts.ts'
import { isXV1, xV1Root, xV1Texts } from './x-v1-tweet.ts'

const REJECTED_TEXT_LENGTH = 2_000

// What the published tables hold.
const LONGEST_ID = 64
const LONGEST_TERM = 255

/**
 * Turns each parsed record into an observation, or gives the reason why it is none. The format is recognised
 * per record; a record that names no term gets `term`.
 */
export const toObservations =
  ({ term }: { readonly term?: string | undefined } = {}) =>
  (records: DataFrame<EnvelopedRecord>): DataFrame<typeof ParsedRecord> =>
    records
      .withColumns((c) => ({ format: format(c.envelope), x_v1_root: xV1Root(recordFields(c.envelope)) }))
      .select((c) => ({
        ...textsByFormat(c),
        ...pick(c, Object.keys(RawRecord) as (keyof typeof RawRecord)[]),
        format: c.format,
      }))
      .withColumns((c) => ({ ...readTexts(c) }))
      .withColumns((c) => ({
        term: coalesce(trim(c.term), term === undefined ? nullOf(t.string) : lit(term, t.string)),
        observed_at: c.tweeted_at,
      }))
      .withColumns((c) => ({ reject_reason: rejectReason(c) }))
      .withColumns((c) => ({
        rejected_record: when(c.reject_reason.isNotNull(), substring(c.record, 1, REJECTED_TEXT_LENGTH)),
      }))
      .select(...(Object.keys(ParsedRecord) as (keyof typeof ParsedRecord)[]))

type Envelope = ColumnsOf<EnvelopedRecord>['envelope']
type JsonColumns = ColumnsOf<typeof JsonRecord>

const pick = <C extends object, K extends keyof C>(columns: C, names: readonly K[]): Pick<C, K> =>
  Object.fromEntries(names.map((name) => [name, columns[name]])) as unknown as Pick<C, K>

const recordFields = (envelope: Envelope): JsonColumns => {
  const record = envelope.getField('record')
  const names = Object.keys(JsonRecord) as (keyof typeof JsonRecord)[]
  return Object.fromEntries(names.map((name) => [name, record.getField(name)])) as unknown as JsonColumns
}

const format = (envelope: Envelope) => {
  const fields = recordFields(envelope)
  const isWhole = envelope.getField('malformed').isNull().and(envelope.getField('seal').eqNullSafe('whole'))
  return when(isWhole.eq(false), 'malformed')
    .when(isFlat(fields), 'flat')
    .when(isXV1(fields), 'x_v1')
    .otherwise('unknown')
}

const textsByFormat = (c: {
  readonly envelope: Envelope
  readonly format: ColumnsOf<Judged>['format']
  readonly x_v1_root: ReturnType<typeof xV1Root>
}): ObservationTexts => {
  const fields = recordFields(c.envelope)
  const [flat, xV1] = [flatTexts(fields), xV1Texts(fields, c.x_v1_root)]
  const names = Object.keys(flat) as (keyof ObservationTexts)[]
  return Object.fromEntries(
    names.map((name) => [name, when(c.format.eq('flat'), flat[name]).when(c.format.eq('x_v1'), xV1[name])]),
  ) as unknown as ObservationTexts
}

type Judged = { readonly format: typeof t.string } & Pick<
  typeof ParsedRecord,
  'term' | 'tweet_id' | 'tweeted_at' | 'root_id' | 'root_author_id' | 'root_tweeted_at'
>

const rejectReason = (c: ColumnsOf<Judged>) =>
  when(c.format.eq('malformed'), 'not one whole JSON object')
    .when(c.format.eq('unknown'), 'no known format: neither a flat record nor an X API v1.1 tweet')
    .when(c.tweet_id.isNull(), 'no tweet id')
    .when(c.tweeted_at.isNull(), 'no readable time')
    .when(c.root_id.isNull(), 'no id of the retweeted tweet')
    .when(c.root_author_id.isNull(), 'no author of the retweeted tweet')
    .when(c.root_tweeted_at.isNull(), 'no readable time of the retweeted tweet')
    .when(length(c.root_author_id).gt(LONGEST_ID), 'an author id of more than 64 characters')
    .when(length(c.term).gt(LONGEST_TERM), 'a search term of more than 255 characters')
    .when(c.term.isNull(), 'no search term: name one with --term')
