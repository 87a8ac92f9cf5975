import { Column, Endianness, Table, tableToIPC, Version, type Batch, type Field } from '@uwdata/flechette'
import type { Schema } from '../types/data-type.ts'
import { arrowFields } from './arrow-type.ts'
import { appendTo, ColumnWriter } from './column-writer.ts'
import { Misfit } from './misfit.ts'
import type { Tally } from './store.ts'

const BATCH_ROWS = 65_536
/** Far below the 2 GiB that the 32-bit offsets of a column reach. */
const BATCH_BYTES = 16 * 1024 * 1024

type AnyRow = Readonly<Record<string, unknown>>

export interface EncodedRows {
  /** An Arrow IPC stream. */
  readonly ipc: Uint8Array
  readonly rowCount: number
}

/**
 * Rows as one Arrow IPC stream; properties that are no columns are left out.
 * @throws Misfit naming the row, the column and what stands there instead of its type
 */
export const encodeRows = (rows: Iterable<AnyRow>, schema: Schema): EncodedRows => {
  const fields = arrowFields(schema)
  const batches: Batch<unknown>[][] = []
  let open = new OpenBatch(schema, fields)
  let rowNumber = 0
  for (const row of rows) {
    if (open.isFull) {
      batches.push(open.columns())
      open = new OpenBatch(schema, fields)
    }
    open.append(row, rowNumber++)
  }
  batches.push(open.columns())
  return { ipc: toIpc(fields, batches), rowCount: rowNumber }
}

/** The rows since the last batch was full, a writer a column. */
class OpenBatch {
  readonly #tally: Tally = { bytes: 0 }
  readonly #writers: readonly (readonly [name: string, writer: ColumnWriter])[]
  #rows = 0

  constructor(schema: Schema, fields: readonly Field[]) {
    this.#writers = Object.entries(schema).map(
      ([name, type], index) => [name, new ColumnWriter(type, fields[index]!.type, this.#tally)] as const,
    )
  }

  get isFull(): boolean {
    return this.#rows >= BATCH_ROWS || this.#tally.bytes >= BATCH_BYTES
  }

  append(row: AnyRow, rowNumber: number): void {
    try {
      if (typeof row !== 'object' || row === null) throw new Misfit('every row is an object')
      for (const [name, writer] of this.#writers) appendTo(writer, row[name], () => name)
    } catch (cause) {
      throw cause instanceof Misfit ? cause.inRow(rowNumber) : cause
    }
    this.#rows++
  }

  columns(): Batch<unknown>[] {
    return this.#writers.map(([, writer]) => writer.batch())
  }
}

const toIpc = (fields: Field[], batches: readonly Batch<unknown>[][]): Uint8Array => {
  const columns = fields.map(
    ({ type }, index) =>
      new Column(
        batches.map((batch) => batch[index]!),
        type,
      ),
  )
  const schema = { version: Version.V5, endianness: Endianness.Little, fields, metadata: null }
  return tableToIPC(new Table(schema, columns), { format: 'stream' })!
}
