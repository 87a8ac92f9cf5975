import { displayWidth, padToWidth } from './display-width.ts'

type Side = 'left' | 'right'

/** A column of a table: its title, and what it says of a line. */
export interface Column<Line> {
  readonly title: string
  readonly side: Side
  readonly cell: (line: Line) => string
}

const GAP = '   '

/** Titles, and below them a row for each line; every line ends in a newline. */
export const tableOf = <Line>(columns: readonly Column<Line>[], lines: readonly Line[]): string =>
  textTable(
    [columns.map(({ title }) => title), ...lines.map((line) => columns.map(({ cell }) => cell(line)))],
    columns.map(({ side }) => side),
  )

/** Cells in columns, by default the first to the left, the others to the right; every line ends in a newline. */
export function textTable(rows: readonly (readonly string[])[], sides: readonly Side[] = ['left']): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? ''))))
  return rows
    .map((row) => row.map((cell, i) => padToWidth(cell, widths[i] ?? 0, sides[i] ?? 'right')).join(GAP))
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('')
}
