import type { ColumnsOf } from 'spark-connect-js'
import { bitwiseNot, shiftrightunsigned, when, xxhash64 } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'

type Texts = Pick<ColumnsOf<typeof ParsedRecord>, 'kind' | 'text' | 'root_text'>
type Place = Pick<ColumnsOf<typeof ParsedRecord>, 'source_object' | 'record_id'>

/** The text that a record's tweet says: a retweet repeats its root's. */
export const spokenText = (c: Texts) => when(c.kind.eq('retweet'), c.root_text).otherwise(c.text)

/**
 * Tells records apart by where they stand. Negative where the record knows no text, so that of several records of one
 * tweet the greatest key names one that does.
 */
export const recordKey = (c: Texts & Place) => {
  const key = shiftrightunsigned(xxhash64(c.source_object, c.record_id), 1)
  return when(spokenText(c).isNotNull(), key).otherwise(bitwiseNot(key))
}
