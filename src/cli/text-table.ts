import { displayWidth, padToWidth } from './display-width.ts'

const GAP = '   '

/** Cells in columns, the first column to the left, the others to the right; every line ends in a newline. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? ''))))
  return rows
    .map((row) =>
      row.map((cell, i) => padToWidth(cell, widths[i] ?? 0, i === 0 ? 'left' : 'right')).join(GAP),
    )
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('')
}
