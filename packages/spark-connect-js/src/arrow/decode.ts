import { tableFromIPC } from '@uwdata/flechette'
import type { Schema } from '../types/data-type.ts'
import type { ArrowColumn } from './arrow-column.ts'
import { objectReader } from './column-reader.ts'
import { readIntervalsWhole } from './calendar-interval.ts'
import { free, takeAligned } from './stream-bytes.ts'

const LOSSLESS = {
  useBigInt: true,
  useBigIntTimestamp: true,
  useDecimalInt: true,
  useDate: false,
  useMap: true,
}

/**
 * How many rows are read at a time. A text that is cut out of a longer one keeps it in memory; so a row that
 * is kept holds on to no more than its neighbours.
 */
const BLOCK_ROWS = 256

/**
 * The rows of one Arrow IPC stream, as objects whose keys are the schema's columns in their order. The bytes are used
 * up: they are freed once the rows are read.
 * @throws RangeError if there are more or fewer than were announced.
 */
export function* decodeRows(
  ipc: Uint8Array,
  schema: Schema,
  rowCount: number,
): Generator<Record<string, unknown>> {
  const bytes = takeAligned(ipc)
  try {
    yield* rowsOf(bytes, schema, rowCount)
  } finally {
    free(bytes)
  }
}

function* rowsOf(ipc: Uint8Array, schema: Schema, rowCount: number): Generator<Record<string, unknown>> {
  const table = tableFromIPC(ipc, LOSSLESS)
  readIntervalsWhole(table)
  if (table.numCols === 0) yield* Array.from({ length: rowCount }, () => ({}))
  else if (table.numRows !== rowCount) {
    throw new RangeError(`the server announced ${rowCount} rows and sent ${table.numRows}`)
  }
  const order = columnOrder(Object.keys(schema), table.names)
  const recordBatches = table.children[0]?.data.length ?? 0
  for (let index = 0; index < recordBatches; index++) {
    const columns = order.map((column) => table.getChildAt(column).data[index] as unknown as ArrowColumn)
    const readRows = objectReader(schema, columns)
    const { length } = columns[0]!
    for (let start = 0; start < length; start += BLOCK_ROWS) {
      yield* readRows(start, Math.min(start + BLOCK_ROWS, length))
    }
  }
}

/**
 * Where each key's column stands: an object keeps keys that are whole numbers before others, and each key once.
 * @throws RangeError for two columns of one name, of which an object could hold one only.
 */
const columnOrder = (keys: readonly string[], names: readonly string[]): readonly number[] => {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new RangeError(`two columns are named "${twice}", and a row has room for one; rename one of them`)
  }
  return keys.map((key) => names.indexOf(key))
}
