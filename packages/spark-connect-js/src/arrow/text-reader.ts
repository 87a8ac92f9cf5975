import { each, type ArrowColumn, type ColumnReader } from './arrow-column.ts'

// A text may begin with U+FEFF, and that is a character of it.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads texts many at a time: one decoded text is cut where all its characters are ASCII, so that bytes and
 * characters have the same positions; otherwise each is decoded by itself.
 */
export const textReader =
  (column: ArrowColumn, bytes: Uint8Array, offsets: Int32Array): ColumnReader =>
  (start, end) => {
    const first = offsets[start] ?? 0
    const last = offsets[end] ?? first
    const text = UTF8.decode(bytes.subarray(first, last))
    const read =
      text.length === last - first
        ? (row: number) => text.slice(offsets[row]! - first, offsets[row + 1]! - first)
        : (row: number) => UTF8.decode(bytes.subarray(offsets[row], offsets[row + 1]))
    return each(column, read)(start, end)
  }
