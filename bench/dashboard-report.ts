import type { FirstPaint } from './dashboard-paint.ts'
import { textTable } from './report.ts'
import type { LoadResult } from './steady-load.ts'

/** What the dashboard's process says of itself. */
export interface ServerFigures {
  /** Used so far. */
  readonly cpuSeconds: number
  /** How long its event loop kept something waiting. */
  readonly loopP99Ms: number
  readonly loopMostMs: number
  readonly memoryBytes: number
}

export interface DashboardResult {
  readonly measured: LoadResult
  readonly paints: readonly FirstPaint[]
  readonly before: ServerFigures
  readonly after: ServerFigures
}

const TITLES = [
  'page',
  'requests',
  'median',
  'p99',
  'slowest',
  'errors',
  'on the wire',
  'unpacked',
  'first paint',
]

const ERRORS_SHOWN = 3

const ms = (value: number): string => `${value.toFixed(1)} ms`
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`

/** A table of pages, and what the server and the measurer say of themselves. */
export function dashboardReport({ measured, paints, before, after }: DashboardResult): string {
  const cells = measured.pages.map(({ name, times, errors }) => {
    const paint = paints.find((each) => each.name === name)
    return [
      name,
      String(times.count),
      ms(times.percentile(50) / 1000),
      ms(times.percentile(99) / 1000),
      ms(times.max / 1000),
      String(errors.length),
      kB(paint?.wireBytes ?? 0),
      kB(paint?.bytes ?? 0),
      `${(paint?.firstPaintMs ?? 0).toFixed(0)} ms`,
    ]
  })
  const requests = measured.pages.reduce((sum, { times }) => sum + times.count, 0)
  const cpuMs = ((after.cpuSeconds - before.cpuSeconds) / requests) * 1000
  return [
    ...textTable([TITLES, ...cells]),
    'First paint: 150 ms to and fro, 1.6 Mbit/s, a quarter of the CPU; weights are of all that a first visit loads.',
    // A machine that is busy with something else delays pages; this it changes little.
    `The server: ${ms(cpuMs)} of CPU a page, event loop late by ${ms(after.loopP99Ms)} (p99), ${ms(after.loopMostMs)} at most; ${(after.memoryBytes / 1e6).toFixed(0)} MB.`,
    `Requests were sent late by ${ms(measured.lateness.percentile(99) / 1000)} (p99), which is part of the times.`,
    ...measured.pages.flatMap(({ errors }) => errors.slice(0, ERRORS_SHOWN)),
    '',
  ].join('\n')
}
