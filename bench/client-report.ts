import { median, textTable } from './report.ts'

/** One measure by one client. */
export interface Measured {
  readonly seconds: readonly number[] // of each run
  readonly peakMemoryBytes: number // of the process
}

export interface MeasuredPair {
  readonly title: string
  readonly ours: Measured
  readonly theirs: Measured
}

interface ClientResult {
  readonly pairs: readonly MeasuredPair[]
  readonly streamed: Measured
  readonly streamedRows: number
}

const TITLES = ['', 'spark-connect-js', 'PySpark', 'ratio', 'memory', "PySpark's"]

/** Medians beside each other: below 1 the ratio favours this client. */
export function clientReport({ pairs, streamed, streamedRows }: ClientResult): string {
  const cells = pairs.map(({ title, ours, theirs }) => {
    const [own, other] = [median(ours.seconds), median(theirs.seconds)]
    const memory = [ours, theirs].map(({ peakMemoryBytes }) => megabytes(peakMemoryBytes))
    return [title, time(own), time(other), (own / other).toFixed(2), ...memory]
  })
  const stream = `${streamedRows} rows streamed: ${time(median(streamed.seconds))}, ${megabytes(streamed.peakMemoryBytes)}`
  return [...textTable([TITLES, ...cells]), stream, ''].join('\n')
}

const time = (seconds: number): string =>
  seconds < 1 ? `${(seconds * 1_000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
