import { t, type Column, type ColumnsOf } from 'spark-connect-js'
import { coalesce, length, lit, nullOf, substring, trim, when } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'
import { structFields } from '../struct-fields.ts'
import { ObservationStruct, RECORD_COLUMNS, type RecordColumns } from './text-readers.ts'
import { DELETING_KINDS } from './without-deleted.ts'

const REJECTED_TEXT_LENGTH = 2_000

// What the published tables hold.
const LONGEST_ID = 64
const LONGEST_TERM = 255

/** Stands for a reason until `toOtherObservations` has read the record, whose text is whole until then. */
export const OTHER_FORMAT = 'of another format'

export interface TermOption {
  /** For records that name none. */
  readonly term?: string | undefined
}

type Position = Pick<typeof ParsedRecord, 'source_object' | 'block_start' | 'record_id'>

type Read = ColumnsOf<Position> & {
  readonly record: Column<typeof t.string.nullable>
  readonly observation: Column<typeof ObservationStruct>
}

interface Rules extends TermOption {
  /** The reason of a record that came to no observation. */
  readonly noObservation: Column<typeof t.string.nullable>
}

/** The columns of a `ParsedRecord`, from what a reader made of the record. */
export const parsedColumns = (c: Read, { term, noObservation }: Rules) => {
  const { reject_reason, ...read } = structFields(c.observation, RECORD_COLUMNS)
  const named = { ...read, term: coalesce(trim(read.term), givenTerm(term)) }
  const isRead = c.observation.isNotNull()
  const reason = when(isRead, coalesce(reject_reason, whatLacks(named))).otherwise(noObservation)
  return {
    ...named,
    observed_at: read.tweeted_at,
    source_object: c.source_object,
    block_start: c.block_start,
    record_id: c.record_id,
    reject_reason: reason,
    rejected_record: when(reason.eq(OTHER_FORMAT), c.record).when(
      reason.isNotNull(),
      substring(c.record, 1, REJECTED_TEXT_LENGTH),
    ),
  }
}

const givenTerm = (term: string | undefined) => (term === undefined ? nullOf(t.string) : lit(term, t.string))

type Named = Omit<RecordColumns, 'reject_reason'>

/** Why an observation is of no use; null if it is of use. What is to be forgotten is so under every term. */
const whatLacks = (c: Named) =>
  when(c.kind.isin(...DELETING_KINDS), nullOf(t.string))
    .when(c.tweet_id.isNull(), 'no tweet id')
    .when(c.tweeted_at.isNull(), 'no readable time')
    .when(c.kind.eq('follow'), whatFollowLacks(c))
    .when(c.root_id.isNull(), 'no id of the retweeted tweet')
    .when(c.root_author_id.isNull(), whoIsUnknown(c))
    .when(c.root_tweeted_at.isNull(), 'no readable time of the retweeted tweet')
    .when(length(c.root_author_id).gt(LONGEST_ID), 'an author id of more than 64 characters')
    .when(length(c.term).gt(LONGEST_TERM), 'a search term of more than 255 characters')
    .when(c.term.isNull(), 'no search term: name one with --term')

const whoIsUnknown = (c: Named) =>
  when(c.kind.isin('original', 'reply'), 'no author').otherwise('no author of the retweeted tweet')

const whatFollowLacks = (c: Named) =>
  when(
    c.author_id.isNull().or(c.parent_author_id.isNull()),
    'no account that follows, or none that it follows',
  )
