/** What was done to a collector, how often, and what it lost. */
export interface FaultRow {
  readonly fault: string
  readonly runs: number
  readonly records: number
  readonly lost: number
  readonly repeated: number
}

const TITLES = ['fault', 'runs', 'records', 'lost', 'repeated']

/** Gathers rows; `print` shows them once at the end of a test file. */
export function faultTable() {
  const rows: FaultRow[] = []
  const print = (): void => {
    const cells = [
      TITLES,
      ...rows.map(({ fault, ...numbers }) => [
        fault,
        ...Object.values(numbers).map((value) => value.toLocaleString('en')),
      ]),
    ]
    const widths = TITLES.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
    const lines = cells.map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  return { add: (row: FaultRow) => void rows.push(row), print }
}

/** The ids 0, 1, 2 and so on. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** How many of the expected ids are missing, and how many came more than once. */
export function compareIds(
  ids: readonly number[],
  expected: readonly number[],
): { readonly lost: number; readonly repeated: number } {
  const found = new Set(ids)
  return { lost: expected.filter((id) => !found.has(id)).length, repeated: ids.length - found.size }
}
