import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { resultOf } from './child.ts'
import { differences } from './compare-scores.ts'
import { scoreByDuckdb, type DuckdbRun } from './duckdb-run.ts'
import { wholeNumber } from './flags.ts'
import { scoreFourParts } from './four-parts.ts'
import { openBench } from './open-bench.ts'
import { peakMemoryOfListener } from './peak-memory.ts'
import { pysparkPython, pysparkVariables } from './pyspark/environment.ts'
import { type BenchResult, benchReport, median } from './report.ts'
import { scoreBySpark, warmUp } from './spark-score.ts'
import { BENCH_SLOT, benchStream } from './stream.ts'

const SHOWN_DIFFERENCES = 10

const { values } = parseArgs({
  options: { records: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' } },
})
process.exitCode = await bench({
  records: wholeNumber('records', values),
  runs: wholeNumber('runs', values),
})

/** Times the score job beside DuckDB on the same files and compares every row; the exit code. */
async function bench({
  records,
  runs,
}: {
  readonly records: number
  readonly runs: number
}): Promise<number> {
  using opened = openBench()
  const { signal, progress, step, openServices } = opened
  const generating = progress.stage({ name: `simulate ${records} records` })
  const folder = await benchStream(records)
  generating.done(folder)
  await using services = await openServices()
  await warmUp(opened, services, folder)
  const sparkSeconds: number[] = []
  const duckdb: DuckdbRun[] = []
  const pyspark: number[] = []
  const fourParts: number[] = []
  const pysparkFourParts: number[] = []
  const python = await step("PySpark's environment", () => pysparkPython(signal))
  for (let run = 1; run <= runs; run++) {
    fourParts.push(
      await step(`Spark, four parts, run ${run}`, () => scoreFourParts(opened, services, folder)),
    )
    sparkSeconds.push(await step(`Spark, run ${run}`, () => scoreBySpark(opened, services, folder)))
    duckdb.push(
      await step(`DuckDB, run ${run}`, () =>
        scoreByDuckdb({ folder, slot: BENCH_SLOT, signal: services.signal }),
      ),
    )
  }
  // Afterwards, as it runs on the same server: what the JVM compiled for one would be taken back for the other.
  for (let run = 1; run <= runs; run++) {
    pyspark.push(await step(`PySpark, run ${run}`, () => scoreByPyspark(services, python, folder)))
    pysparkFourParts.push(
      await step(`PySpark, four parts, run ${run}`, () =>
        scoreByPyspark(services, python, folder, ['four-parts']),
      ),
    )
  }
  const contenders: BenchResult['contenders'] = [
    { name: 'Ripplerank on Spark', seconds: sparkSeconds, peakMemoryBytes: await sparkMemory(services) },
    {
      name: 'DuckDB, 2 threads',
      seconds: duckdb.map(({ seconds }) => seconds),
      peakMemoryBytes: median(duckdb.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    },
    { name: 'plain PySpark, not published', seconds: pyspark, peakMemoryBytes: undefined },
    { name: 'Ripplerank, the four parts alone', seconds: fourParts, peakMemoryBytes: undefined },
    {
      name: 'plain PySpark without a schema, the same',
      seconds: pysparkFourParts,
      peakMemoryBytes: undefined,
    },
  ]
  const oracle = duckdb[0]?.authors ?? []
  const published = await services.store.topAuthors({ ...BENCH_SLOT, limit: 2 ** 31 - 1 })
  const found = differences(published, oracle)
  process.stdout.write(benchReport({ records, contenders, rows: oracle.length, differences: found.length }))
  for (const difference of found.slice(0, SHOWN_DIFFERENCES)) process.stderr.write(`${difference}\n`)
  return found.length === 0 ? 0 : 1
}

/** The same figures as one would write them first: bench/pyspark/score.py, on the same server. */
async function scoreByPyspark(
  { variables, signal }: OwnServices,
  python: string,
  folder: string,
  parts: readonly string[] = [],
): Promise<number> {
  const script = fileURLToPath(new URL('./pyspark/score.py', import.meta.url))
  const args = [script, folder, BENCH_SLOT.slotEnd.toISOString(), String(BENCH_SLOT.windowHours), ...parts]
  const env = { ...process.env, ...pysparkVariables(variables) }
  const { seconds } = await resultOf<{ readonly seconds: number }>({ command: python, args, env, signal })
  return seconds
}

function sparkMemory({ variables }: OwnServices): Promise<number | undefined> {
  return peakMemoryOfListener(Number(/:(\d+)/.exec(variables['SPARK_REMOTE'] ?? '')?.[1]))
}
