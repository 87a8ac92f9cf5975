import { t, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, lit, nullOf, substring, when } from 'spark-connect-js/functions'
import type { EnvelopedRecord } from '../../schema/json-envelope.ts'
import { JsonRecord } from '../../schema/json-record.ts'
import { ParsedRecord } from '../../schema/observation.ts'
import { flatObservation, isFlat } from './flat-record.ts'
import type { ObservationColumns } from './observation-columns.ts'
import { isXV1, xV1Observation } from './x-v1-tweet.ts'

const REJECTED_TEXT_LENGTH = 2_000

type Envelope = ColumnsOf<EnvelopedRecord>['envelope']

/**
 * Turns each parsed record into an observation, or gives the reason why it is none. The format is recognised
 * per record; a record that names no term gets `term`.
 */
export const toObservations =
  ({ term }: { readonly term?: string | undefined } = {}) =>
  (records: DataFrame<EnvelopedRecord>): DataFrame<typeof ParsedRecord> =>
    records
      .select((c) => ({
        ...observation(c.envelope, term),
        source_object: c.source_object,
        block_start: c.block_start,
        line_id: c.line_id,
        part: c.part,
        format: format(c.envelope),
        record: c.record,
      }))
      .withColumns((c) => ({ reject_reason: rejectReason(c), observed_at: c.tweeted_at }))
      .withColumns((c) => ({
        rejected_record: when(c.reject_reason.isNotNull(), substring(c.record, 1, REJECTED_TEXT_LENGTH)),
      }))
      .select(...(Object.keys(ParsedRecord) as (keyof typeof ParsedRecord)[]))

const observation = (envelope: Envelope, term: string | undefined): ObservationColumns => {
  const fields = recordFields(envelope)
  const [flat, xV1] = [flatObservation(fields), xV1Observation(fields)]
  const columns = Object.fromEntries(
    Object.entries(flat).map(([name, column]) => [
      name,
      when(isFlat(fields), column).otherwise(xV1[name as keyof ObservationColumns]),
    ]),
  ) as unknown as ObservationColumns
  return {
    ...columns,
    term: coalesce(columns.term, term === undefined ? nullOf(t.string) : lit(term, t.string)),
  }
}

const recordFields = (envelope: Envelope): ColumnsOf<typeof JsonRecord> => {
  const record = envelope.getField('record')
  return Object.fromEntries(
    Object.keys(JsonRecord).map((name) => [name, record.getField(name as keyof typeof JsonRecord)]),
  ) as unknown as ColumnsOf<typeof JsonRecord>
}

const format = (envelope: Envelope) => {
  const fields = recordFields(envelope)
  const isWhole = envelope.getField('malformed').isNull().and(envelope.getField('seal').eqNullSafe('whole'))
  return when(isWhole.eqNullSafe(false), 'malformed')
    .when(isFlat(fields), 'flat')
    .when(isXV1(fields), 'x_v1')
    .otherwise('unknown')
}

type Judged = Pick<
  ColumnsOf<typeof ParsedRecord & { readonly format: typeof t.string }>,
  'format' | 'term' | 'tweet_id' | 'tweeted_at' | 'root_id' | 'root_author_id' | 'root_tweeted_at'
>

const rejectReason = (c: Judged) =>
  when(c.format.eq('malformed'), 'not one whole JSON object')
    .when(c.format.eq('unknown'), 'no known format: neither a flat record nor an X API v1.1 tweet')
    .when(c.tweet_id.isNull(), 'no tweet id')
    .when(c.tweeted_at.isNull(), 'no readable time')
    .when(c.root_id.isNull(), 'no id of the retweeted tweet')
    .when(c.root_author_id.isNull(), 'no author of the retweeted tweet')
    .when(c.root_tweeted_at.isNull(), 'no readable time of the retweeted tweet')
    .when(c.term.isNull(), 'no search term: name one with --term')
