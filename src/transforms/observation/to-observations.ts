import { t, type BooleanColumn, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, length, lit, nullOf, struct, substring, trim, when } from 'spark-connect-js/functions'
import { JsonRecord } from '../../schema/json-record.ts'
import { Observation, type ParsedRecord } from '../../schema/observation.ts'
import type { RawRecord } from '../../schema/raw-record.ts'
import { structFields } from '../struct-fields.ts'
import { flatColumns, isFlat } from './flat-record.ts'
import type { RecordColumns } from './text-readers.ts'
import { isXV1, xV1Columns } from './x-v1-tweet.ts'

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
  (records: DataFrame<typeof RawRecord>): DataFrame<typeof ParsedRecord> =>
    // Two projections and no more: each copies the whole record.
    records
      .select((c) => ({
        source_object: c.source_object,
        block_start: c.block_start,
        record_id: c.record_id,
        record: c.record,
        is_whole: c.json.isNotNull(),
        observation: observation(structFields(c.json, JsonRecord)),
      }))
      .select((c) => {
        const read = structFields(c.observation, RECORD_COLUMNS)
        const named = { ...read, term: coalesce(trim(read.term), givenTerm(term)) }
        const reason = rejectReason(named, c.is_whole, c.observation.isNotNull())
        return {
          ...named,
          observed_at: read.tweeted_at,
          source_object: c.source_object,
          block_start: c.block_start,
          record_id: c.record_id,
          reject_reason: reason,
          rejected_record: when(reason.isNotNull(), substring(c.record, 1, REJECTED_TEXT_LENGTH)),
        }
      })

const { source_object: _object, observed_at: _time, ...RECORD_COLUMNS } = Observation

const givenTerm = (term: string | undefined) => (term === undefined ? nullOf(t.string) : lit(term, t.string))

const observation = (record: ColumnsOf<typeof JsonRecord>) =>
  when(isFlat(record), struct(flatColumns(record))).when(isXV1(record), struct(xV1Columns(record)))

const rejectReason = (c: RecordColumns, isWhole: BooleanColumn, isKnownFormat: BooleanColumn) =>
  when(isWhole.eq(false), 'not one whole JSON object')
    .when(isKnownFormat.eq(false), 'no known format: neither a flat record nor an X API v1.1 tweet')
    .when(c.tweet_id.isNull(), 'no tweet id')
    .when(c.tweeted_at.isNull(), 'no readable time')
    .when(c.root_id.isNull(), 'no id of the retweeted tweet')
    .when(c.root_author_id.isNull(), 'no author of the retweeted tweet')
    .when(c.root_tweeted_at.isNull(), 'no readable time of the retweeted tweet')
    .when(length(c.root_author_id).gt(LONGEST_ID), 'an author id of more than 64 characters')
    .when(length(c.term).gt(LONGEST_TERM), 'a search term of more than 255 characters')
    .when(c.term.isNull(), 'no search term: name one with --term')
