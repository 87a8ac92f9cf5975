import type { Column, StringColumn } from 'spark-connect-js'
import { concat, fromJson, when } from 'spark-connect-js/functions'
import { Envelope } from '../../schema/json-envelope.ts'
import { JSON_OPTIONS } from './json-options.ts'

/** A text parsed as the envelope's record. A text that is not one whole JSON object breaks the envelope. */
export const inEnvelope = (text: StringColumn) =>
  fromJson(concat('{"record":', text, ',"seal":"whole"}'), Envelope, JSON_OPTIONS)

type EnvelopeColumn = ReturnType<typeof inEnvelope>

/** Only the seal tells: Spark also calls malformed what is whole, but has a value of another type somewhere. */
export const isWhole = (envelope: EnvelopeColumn) => envelope.getField('seal').eqNullSafe('whole')

/** The envelope's record; null if the envelope is broken. */
export const wholeRecord = (envelope: EnvelopeColumn): Column<typeof Envelope.record> =>
  when(isWhole(envelope), envelope.getField('record'))
