import { tableFromIPC } from '@uwdata/flechette'
import type { Schema } from '../types/data-type.ts'
import { readIntervalsWhole } from './calendar-interval.ts'
import { converterOf, type Converter } from './convert.ts'

const LOSSLESS = {
  useBigInt: true,
  useBigIntTimestamp: true,
  useDecimalInt: true,
  useDate: false,
  useMap: true,
}

/** Arrow aligns its buffers to 8 bytes, and so do the typed arrays that look into them. */
const ALIGNMENT_BYTES = 8

const aligned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % ALIGNMENT_BYTES === 0 ? bytes : bytes.slice()

type Values = ArrayLike<unknown>

/** The rows of one Arrow IPC stream, as objects whose keys are the schema's columns in their order. */
export function* decodeRows(ipc: Uint8Array, schema: Schema): Generator<Record<string, unknown>> {
  const table = tableFromIPC(aligned(ipc), LOSSLESS)
  readIntervalsWhole(table)
  const columns = Object.entries(schema).map(([name, type], index) => ({
    name,
    convert: converterOf(type),
    values: table.getChildAt(index).toArray() as Values,
  }))
  for (let row = 0; row < table.numRows; row++) {
    const object: Record<string, unknown> = {}
    for (const { name, convert, values } of columns) object[name] = valueAt(values, row, convert)
    yield object
  }
}

const valueAt = (values: Values, row: number, convert: Converter | undefined): unknown => {
  const value = values[row]
  if (value === null || value === undefined) return null
  return convert ? convert(value as never) : value
}
