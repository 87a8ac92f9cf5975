import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { openOwnServices } from '../src/cli/own-machine.ts'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { listenForInterrupt } from '../src/cli/interrupt.ts'
import { createProgress } from '../src/cli/progress.ts'
import { score } from '../src/jobs/score.ts'
import { projectRoot } from '../src/local/paths.ts'
import { differences } from './compare-scores.ts'
import type { DuckdbAuthorScore } from './duckdb-score.ts'
import { peakMemoryOfListener } from './peak-memory.ts'
import { pysparkPython, pysparkVariables } from './pyspark/environment.ts'
import { type BenchResult, benchReport, median } from './report.ts'
import { BENCH_SLOT, benchStream } from './stream.ts'

const SHOWN_DIFFERENCES = 10
const MOST_OUTPUT_BYTES = 2 ** 30

const { values } = parseArgs({
  options: { records: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' } },
})
process.exitCode = await bench({ records: wholeNumber('records'), runs: wholeNumber('runs') })

/** Times the score job beside DuckDB on the same files and compares every row; the exit code. */
async function bench({
  records,
  runs,
}: {
  readonly records: number
  readonly runs: number
}): Promise<number> {
  using interrupt = listenForInterrupt()
  using progress = createProgress({ stream: process.stderr })
  const generating = progress.stage({ name: `simulate ${records} records` })
  const folder = await benchStream(records)
  generating.done(folder)
  const stateDirectory = join(projectRoot, '.ripplerank', 'bench', `state-${process.pid}`)
  const context = { signal: interrupt.signal, stdout: process.stdout, stderr: process.stderr }
  await using services = await openOwnServices({ context, progress, stateDirectory, isTemporary: true })
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const stage = progress.stage({ name })
    const result = await work()
    stage.done()
    return result
  }
  // Twice: the JVM goes on compiling what the first run made hot.
  for (const time of ['first', 'second']) {
    await step(`warm Spark up, ${time} time`, () => scoreBySpark(services, folder))
  }
  const sparkSeconds: number[] = []
  const duckdb: DuckdbRun[] = []
  const pyspark: number[] = []
  const python = await step("PySpark's environment", () => pysparkPython(interrupt.signal))
  for (let run = 1; run <= runs; run++) {
    sparkSeconds.push(await step(`Spark, run ${run}`, () => scoreBySpark(services, folder)))
    duckdb.push(await step(`DuckDB, run ${run}`, () => scoreByDuckdb(folder, services.signal)))
    pyspark.push(await step(`PySpark, run ${run}`, () => scoreByPyspark(services, python, folder)))
  }
  const contenders: BenchResult['contenders'] = [
    { name: 'Ripplerank on Spark', seconds: sparkSeconds, peakMemoryBytes: await sparkMemory(services) },
    {
      name: 'DuckDB, 2 threads',
      seconds: duckdb.map(({ seconds }) => seconds),
      peakMemoryBytes: median(duckdb.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    },
    { name: 'plain PySpark, not published', seconds: pyspark, peakMemoryBytes: undefined },
  ]
  const oracle = duckdb[0]?.authors ?? []
  const published = await services.store.topAuthors({ ...BENCH_SLOT, limit: 2 ** 31 - 1 })
  const found = differences(published, oracle)
  process.stdout.write(benchReport({ records, contenders, rows: oracle.length, differences: found.length }))
  for (const difference of found.slice(0, SHOWN_DIFFERENCES)) process.stderr.write(`${difference}\n`)
  return found.length === 0 ? 0 : 1
}

/** From raw objects to published rows, in seconds. */
async function scoreBySpark({ spark, store, lake, signal }: OwnServices, folder: string): Promise<number> {
  const startedMs = performance.now()
  const { slotEnd, windowHours } = BENCH_SLOT
  const job = { spark, store, lake, inputs: [folder], slot: slotEnd, windowHours, signal }
  await score({ ...job, kernel: 'calibrated', top: 1 })
  return (performance.now() - startedMs) / 1_000
}

interface DuckdbRun {
  readonly seconds: number
  readonly peakMemoryBytes: number
  readonly authors: readonly DuckdbAuthorScore[]
}

async function scoreByDuckdb(folder: string, signal: AbortSignal): Promise<DuckdbRun> {
  const child = fileURLToPath(new URL('./duckdb-child.ts', import.meta.url))
  const { slotEnd, windowHours } = BENCH_SLOT
  const args = ['--conditions=source', child, `${folder}/**`, slotEnd.toISOString(), String(windowHours)]
  const options = { signal, maxBuffer: MOST_OUTPUT_BYTES }
  const { stdout } = await promisify(execFile)(process.execPath, args, options)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own child wrote it
  return JSON.parse(stdout) as DuckdbRun
}

/** The same figures as one would write them first: bench/pyspark/score.py, on the same server. */
async function scoreByPyspark(
  { variables, signal }: OwnServices,
  python: string,
  folder: string,
): Promise<number> {
  const script = fileURLToPath(new URL('./pyspark/score.py', import.meta.url))
  const args = [script, folder, BENCH_SLOT.slotEnd.toISOString(), String(BENCH_SLOT.windowHours)]
  const { stdout } = await promisify(execFile)(python, args, {
    signal,
    env: { ...process.env, ...pysparkVariables(variables) },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own child wrote it
  return (JSON.parse(stdout) as { readonly seconds: number }).seconds
}

function sparkMemory({ variables }: OwnServices): Promise<number | undefined> {
  return peakMemoryOfListener(Number(/:(\d+)/.exec(variables['SPARK_REMOTE'] ?? '')?.[1]))
}

function wholeNumber(name: 'records' | 'runs'): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value > 0) return value
  process.stderr.write(`bench: --${name} ${values[name]} is not a whole number from 1\n`)
  return process.exit(2)
}
