import { t, type Column, type StringColumn } from 'spark-connect-js'
import { concat, instr, lower, nullOf, substring, when } from 'spark-connect-js/functions'
import { Observation } from '../../schema/observation.ts'

/** The columns of an observation that its record decides; the others belong to where it was read. */
type RecordColumn = Exclude<keyof typeof Observation, 'source_object' | 'observed_at'>

/** What a format gives for each of them, and why a record of it is none. */
export type RecordColumns = { readonly [K in RecordColumn]: Column<(typeof Observation)[K]> } & {
  readonly reject_reason: Column<typeof t.string.nullable>
}

const { source_object: _object, observed_at: _time, ...columns } = Observation

/** What a format's struct holds, in order: all formats must give the same. */
export const RECORD_COLUMNS = { ...columns, reject_reason: t.string.nullable }
export const ObservationStruct = t.struct(RECORD_COLUMNS).nullable

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each is null of the type that the schema names
export const UNKNOWN = Object.fromEntries(
  Object.entries(RECORD_COLUMNS).map(([name, type]) => [name, nullOf(type)]),
) as unknown as RecordColumns

// Each reader takes a text as it stands in the record, and gives null for what is unreadable or out of range. They
// name their argument several times, so they are for a field of the record, not for an expression that costs.

/** Text with "None" and the empty text as null. */
export const known = (text: StringColumn): Column<typeof t.string.nullable> =>
  when(text.isin('None', '').eq(false), text)

// What stands first is where an unknown month is found: it makes the time unreadable.
const MONTHS = '???JanFebMarAprMayJunJulAugSepOctNovDec'
const MONTH_NUMBERS = '?? 01 02 03 04 05 06 07 08 09 10 11 12' // each at the place of its name in MONTHS

/**
 * `Sun Dec 09 22:10:30 +0000 2018`. Rearranged to ISO 8601, whose parser in Spark is ten times as fast as the one
 * for patterns; twice as fast again if no zone is named. The session's zone is UTC.
 */
export const xTime = (text: StringColumn): Column<typeof t.timestamp.nullable> => {
  const [month, day] = [substring(text, 5, 3), substring(text, 9, 2)]
  const [time, zone, year] = [substring(text, 12, 8), substring(text, 21, 5), substring(text, 27, 4)]
  const monthNumber = substring(MONTH_NUMBERS, instr(MONTHS, month), 2)
  const otherZone = when(text.contains(' +0000 '), '').otherwise(zone)
  return concat(year, '-', monthNumber, '-', day, 'T', time, otherZone).tryCast(t.timestamp)
}

/** ISO 8601 with its date; Spark would take a time of day alone for one of today. */
export const isoTime = (text: StringColumn): Column<typeof t.timestamp.nullable> =>
  when(text.like('____-__-__T%'), text.tryCast(t.timestamp))

/** A count: no fraction, nothing below zero. */
export const countOf = (text: StringColumn): Column<typeof t.long.nullable> => {
  const number = text.tryCast(t.long)
  return when(number.geq(0n), number)
}

/** A number from `-limit` to `limit`. */
export const numberWithin = (text: StringColumn, limit: 1 | 90 | 180): Column<typeof t.double.nullable> => {
  const number = text.tryCast(t.double)
  return when(number.between(-limit, limit), number)
}

export const truth = (text: StringColumn): Column<typeof t.boolean.nullable> =>
  when(lower(text).eq('true'), true).when(lower(text).eq('false'), false)
