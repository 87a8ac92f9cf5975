import type { Column, StringColumn } from 'spark-connect-js'
import { concat, fromJson, when } from 'spark-connect-js/functions'
import { Envelope } from '../../schema/json-envelope.ts'

const OPTIONS = { mode: 'PERMISSIVE', columnNameOfCorruptRecord: 'malformed' }

/** A text parsed as the envelope's record. A text that is not one whole JSON object breaks the envelope. */
export const inEnvelope = (text: StringColumn) =>
  fromJson(concat('{"record":', text, ',"seal":"whole"}'), Envelope, OPTIONS)

type EnvelopeColumn = ReturnType<typeof inEnvelope>

export const isWhole = (envelope: EnvelopeColumn) =>
  envelope.getField('malformed').isNull().and(envelope.getField('seal').eqNullSafe('whole'))

/** The envelope's record; null if the envelope is broken. */
export const wholeRecord = (envelope: EnvelopeColumn): Column<typeof Envelope.record> =>
  when(isWhole(envelope), envelope.getField('record'))
