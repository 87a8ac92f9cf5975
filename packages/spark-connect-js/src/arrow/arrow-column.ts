/** What the decoder knows of a column within one record batch: its buffers, and how to read any one value. */
export interface ArrowColumn {
  readonly length: number
  readonly nullCount: number
  readonly validity?: Uint8Array | undefined
  readonly values?: unknown
  readonly offsets?: unknown
  readonly children?: readonly ArrowColumn[] | undefined
  at(row: number): unknown
}

/** Reads the values of the rows from `start` up to, but without, `end`. */
export type ColumnReader = (start: number, end: number) => unknown[]

/** Reads each row's value unless it is null. */
export const each =
  (column: ArrowColumn, read: (row: number) => unknown): ColumnReader =>
  (start, end) => {
    const rows: unknown[] = []
    for (let row = start; row < end; row++) rows.push(isNull(column, row) ? null : read(row))
    return rows
  }

const isNull = ({ nullCount, validity }: ArrowColumn, row: number): boolean =>
  nullCount > 0 && validity !== undefined && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0
