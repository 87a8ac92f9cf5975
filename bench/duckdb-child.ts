import { duckdbScore } from './duckdb-score.ts'

// A process of its own, so that its peak memory is DuckDB's and not the bench's.
const [files = '', slotEnd = '', windowHours = ''] = process.argv.slice(2)
const startedMs = performance.now()
const authors = await duckdbScore({ files, slotEnd: new Date(slotEnd), windowHours: Number(windowHours) })
const seconds = (performance.now() - startedMs) / 1_000
const peakMemoryBytes = process.resourceUsage().maxRSS * 1_024
process.stdout.write(JSON.stringify({ seconds, peakMemoryBytes, authors }))
