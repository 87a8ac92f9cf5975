import { fileURLToPath } from 'node:url'
import { resultOf } from './child.ts'
import type { DuckdbAuthorScore } from './duckdb-score.ts'

/** What DuckDB found in one run, from raw JSON. */
export interface DuckdbRun {
  readonly seconds: number
  readonly peakMemoryBytes: number
  readonly authors: readonly DuckdbAuthorScore[]
}

interface DuckdbInput {
  readonly folder: string
  readonly slot: { readonly slotEnd: Date; readonly windowHours: number }
  readonly signal: AbortSignal
}

/** Scores all files of a folder in a process of its own. */
export function scoreByDuckdb({ folder, slot, signal }: DuckdbInput): Promise<DuckdbRun> {
  const child = fileURLToPath(new URL('./duckdb-child.ts', import.meta.url))
  const { slotEnd, windowHours } = slot
  const args = ['--conditions=source', child, `${folder}/**`, slotEnd.toISOString(), String(windowHours)]
  return resultOf<DuckdbRun>({ command: process.execPath, args, signal })
}
