/** One side of the bench. */
export interface Contender {
  readonly name: string
  readonly seconds: readonly number[] // of each run
  readonly peakMemoryBytes: number | undefined // unknown where the system does not tell
}

/** What the bench found. */
export interface BenchResult {
  readonly records: number
  readonly rows: number // authors by term that were compared
  readonly differences: number
  /** The second is the one that the ratio is to. */
  readonly contenders: readonly [Contender, Contender, ...Contender[]]
}

const whole = new Intl.NumberFormat('en')
const TITLES = ['', 'median', 'fastest', 'slowest', 'peak memory', 'ratio']

/** A table of seconds, peak memory and the ratio to the second contender, and whether both found the same. */
export function benchReport({ records, rows, differences, contenders }: BenchResult): string {
  const base = median(contenders[1].seconds)
  const cells = [TITLES, ...contenders.map((contender) => cellsOf(contender, base))]
  const lines = textTable(cells)
  const runs = contenders[0].seconds.length
  const title = `${whole.format(records)} raw records to scores, ${runs} ${runs === 1 ? 'run' : 'runs'}, warm server`
  const verdict =
    differences === 0
      ? `${whole.format(rows)} authors compared: the same result.`
      : `${whole.format(rows)} authors compared: ${whole.format(differences)} DIFFERENCES.`
  return [title, ...lines, verdict, ''].join('\n')
}

function cellsOf({ name, seconds, peakMemoryBytes }: Contender, base: number): readonly string[] {
  const memory = peakMemoryBytes === undefined ? 'unknown' : `${(peakMemoryBytes / 1e9).toFixed(2)} GB`
  const times = [median(seconds), Math.min(...seconds), Math.max(...seconds)]
  return [name, ...times.map((time) => `${time.toFixed(2)} s`), memory, (median(seconds) / base).toFixed(2)]
}

/** Cells as lines: the first column to the left, the others to the right. */
export function textTable(cells: readonly (readonly string[])[]): readonly string[] {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells.map((row) => row.map((cell, column) => aligned(cell, column, widths)).join('  '))
}

const aligned = (cell: string, column: number, widths: readonly number[]): string =>
  column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}

/** The exponent b of `y = a * x^b` by least squares of the logarithms; 1 is linear. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const [meanX, meanY] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))]
  const covariance = mean(logs.map(([x, y]) => (x - meanX) * (y - meanY)))
  return covariance / mean(logs.map(([x]) => (x - meanX) ** 2))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
