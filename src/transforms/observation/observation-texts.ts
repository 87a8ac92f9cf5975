import { t, type Column, type ColumnsOf, type StringColumn } from 'spark-connect-js'
import { concat, instr, lower, nullif, substring, when } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'

/** The columns of an observation that its record decides; the others belong to where it was read. */
type RecordColumn = Exclude<keyof typeof Observation, 'source_object' | 'observed_at'>

/** What a format gives for each column of an observation: a text, as it stands in the record. */
export type ObservationTexts = { readonly [K in RecordColumn]: StringColumn }

type TextSchema = { readonly [K in RecordColumn]: typeof t.string.nullable }
type TypedColumns = { readonly [K in RecordColumn]: Column<(typeof Observation)[K]> }

/** Reads the texts: what is unreadable or out of range is null, whichever format it came in. */
export const readTexts = (c: ColumnsOf<TextSchema>): TypedColumns => ({
  term: known(c.term),
  tweet_id: known(c.tweet_id),
  kind: known(c.kind),
  tweeted_at: xTime(c.tweeted_at),
  author_id: known(c.author_id),
  author_name: known(c.author_name),
  author_screen_name: known(c.author_screen_name),
  author_followers: countOf(c.author_followers),
  author_location: known(c.author_location),
  author_verified: truth(c.author_verified),
  text: known(c.text),
  lang: known(c.lang),
  sentiment: numberWithin(c.sentiment, 1),
  root_id: known(c.root_id),
  root_tweeted_at: xTime(c.root_tweeted_at),
  root_text: known(c.root_text),
  root_retweets: countOf(c.root_retweets),
  root_favourites: countOf(c.root_favourites),
  root_author_id: known(c.root_author_id),
  root_author_name: known(c.root_author_name),
  root_author_screen_name: known(c.root_author_screen_name),
  root_author_followers: countOf(c.root_author_followers),
  root_author_friends: countOf(c.root_author_friends),
  root_author_statuses: countOf(c.root_author_statuses),
  root_author_listed: countOf(c.root_author_listed),
  root_author_favourites_given: countOf(c.root_author_favourites_given),
  root_author_location: known(c.root_author_location),
  root_author_image: known(c.root_author_image),
  parent_id: known(c.parent_id),
  latitude: numberWithin(c.latitude, 90),
  longitude: numberWithin(c.longitude, 180),
  place_country: known(c.place_country),
})

/** Text with "None" and the empty text as null. */
export const known = (column: StringColumn): Column<typeof t.string.nullable> =>
  when(column.isin('None', '').eq(false), column)

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const MONTH_NUMBERS = '01 02 03 04 05 06 07 08 09 10 11 12' // each at the place of its name in MONTHS

/**
 * `Sun Dec 09 22:10:30 +0000 2018`, or null. Rearranged to ISO 8601, whose parser in Spark is ten times as fast
 * as the one for patterns.
 */
const xTime = (column: StringColumn): Column<typeof t.timestamp.nullable> => {
  const [month, day] = [substring(column, 5, 3), substring(column, 9, 2)]
  const [time, zone, year] = [substring(column, 12, 8), substring(column, 21, 5), substring(column, 27, 4)]
  const monthNumber = substring(MONTH_NUMBERS, nullif(instr(MONTHS, month), 0), 2)
  return concat(year, '-', monthNumber, '-', day, 'T', time, zone).tryCast(t.timestamp)
}

/** A count, or null where the text is none: "None", a fraction, below zero. */
const countOf = (column: StringColumn): Column<typeof t.long.nullable> => {
  const number = column.tryCast(t.long)
  return when(number.geq(0n), number)
}

/** A number from `-limit` to `limit`, or null. */
const numberWithin = (column: StringColumn, limit: 1 | 90 | 180): Column<typeof t.double.nullable> => {
  const number = column.tryCast(t.double)
  return when(number.between(-limit, limit), number)
}

const truth = (column: StringColumn): Column<typeof t.boolean.nullable> =>
  when(lower(column).eq('true'), true).when(lower(column).eq('false'), false)
