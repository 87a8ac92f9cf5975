import { Column, Endianness, Table, tableToIPC, Version, type Batch, type Field } from '@uwdata/flechette'
import type { Schema } from '../types/data-type.ts'
import { arrowFields } from './arrow-type.ts'
import { appendTo, ColumnWriter } from './column-writer.ts'
import { Misfit } from './misfit.ts'

type AnyRow = Readonly<Record<string, unknown>>

export interface EncodedRows {
  /** An Arrow IPC stream. */
  readonly ipc: Uint8Array
  readonly rowCount: number
}

/**
 * Rows as one Arrow IPC stream; properties that are no columns are left out. One batch holds them all, because a
 * server of 3.5 takes the first batch of a local relation for the whole of it.
 * @throws Misfit naming the row, the column and what stands there instead of its type
 */
export const encodeRows = (rows: Iterable<AnyRow>, schema: Schema): EncodedRows => {
  const fields = arrowFields(schema)
  const writers = Object.entries(schema).map(
    ([name, type], index) => [name, new ColumnWriter(type, fields[index]!.type)] as const,
  )
  let rowCount = 0
  for (const row of rows) appendRow(writers, row, rowCount++)
  return {
    ipc: toIpc(
      fields,
      writers.map(([, writer]) => writer.batch()),
    ),
    rowCount,
  }
}

const appendRow = (
  writers: readonly (readonly [name: string, writer: ColumnWriter])[],
  row: AnyRow,
  rowNumber: number,
): void => {
  try {
    if (typeof row !== 'object' || row === null) throw new Misfit('every row is an object')
    for (const [name, writer] of writers) appendTo(writer, row[name], () => name)
  } catch (cause) {
    throw cause instanceof Misfit ? cause.inRow(rowNumber) : cause
  }
}

const toIpc = (fields: Field[], batches: readonly Batch<unknown>[]): Uint8Array => {
  const columns = batches.map((batch) => new Column([batch], batch.type))
  const schema = { version: Version.V5, endianness: Endianness.Little, fields, metadata: null }
  return tableToIPC(new Table(schema, columns), { format: 'stream' })!
}
