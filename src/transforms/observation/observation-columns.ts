import { t, type Column, type StringColumn } from 'spark-connect-js'
import { lower, nullif, substring, tryToTimestamp, trim, when } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'

type Nullable<K extends keyof typeof Observation> = Column<(typeof Observation)[K]>

/** The columns of an observation that its record decides; the rest belongs to where it was read. */
export type ObservationColumns = {
  readonly [K in Exclude<keyof typeof Observation, 'source_object' | 'observed_at'>]: Nullable<K>
}

/** Twitter's time without its weekday, which Spark formats but does not parse. */
const X_TIME_PATTERN = 'MMM dd HH:mm:ss Z yyyy'
const X_TIME_START = 5 // one-based: after "Sun "
const X_TIME_LENGTH = 26

/** `Sun Dec 09 22:10:30 +0000 2018`, or null. */
export const xTime = (column: StringColumn): Column<typeof t.timestamp.nullable> =>
  tryToTimestamp(substring(column, X_TIME_START, X_TIME_LENGTH), X_TIME_PATTERN)

/** A count, or null where the text is none: "None", a fraction, below zero. */
export const countOf = (column: StringColumn): Column<typeof t.long.nullable> => {
  const number = column.tryCast(t.long)
  return when(number.geq(0n), number)
}

/** Text with "None" and the empty text as null. */
export const known = (column: StringColumn): Column<typeof t.string.nullable> =>
  nullif(nullif(trim(column), 'None'), '')

export const numberOf = (column: StringColumn): Column<typeof t.double.nullable> => column.tryCast(t.double)

/** Within the range, or null. */
export const within = (column: Column<typeof t.double.nullable>, low: number, high: number) =>
  when(column.geq(low).and(column.leq(high)), column)

export const truth = (column: StringColumn): Column<typeof t.boolean.nullable> =>
  when(lower(column).eq('true'), true).when(lower(column).eq('false'), false)
