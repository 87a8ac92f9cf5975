import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { projectRoot } from '../src/local/paths.ts'
import { resultOf } from './child.ts'
import { clientReport, type Measured, type MeasuredPair } from './client-report.ts'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { pysparkPython, pysparkVariables } from './pyspark/environment.ts'

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' } },
})

const QUICK_RUNS = 101

/** Ten columns of as many types; some values are null. */
const query = (rows: number): string => `
  SELECT id, cast(id % 1000 AS int) AS small, id * 0.5D AS half, cast(id AS decimal(20, 2)) AS amount,
         concat('name ', id) AS name, id % 2 = 0 AS is_even, timestamp_micros(1500000000000000 + id * 1000001) AS at,
         date_add(DATE'2020-01-01', cast(id % 1000 AS int)) AS day, array(id, id + 1) AS pair,
         if(id % 10 = 0, NULL, concat('tag ', id % 100)) AS tag
  FROM range(${rows})`

/** What is measured: its name for the children, how often, and for how many rows of the query. */
const rows = wholeNumber('rows', values)
const runs = wholeNumber('runs', values)
const PAIRS = [
  { measure: 'rows', title: `${rows} rows as objects`, runs, rows },
  { measure: 'columns', title: `${rows} rows as columns`, runs, rows },
  { measure: 'latency', title: 'one small query', runs: QUICK_RUNS, rows },
  { measure: 'plan', title: 'a plan of 200 steps', runs: QUICK_RUNS, rows },
] as const

const ourChild = fileURLToPath(new URL('./client-child.mjs', import.meta.url))
const client = join(projectRoot, 'packages', 'spark-connect-js')
const RELATIONS = join(client, 'dist', 'generated', 'spark', 'connect', 'relations_pb.js')
const theirChild = fileURLToPath(new URL('./pyspark/client.py', import.meta.url))

using bench = openBench()
const { signal, step, openServices } = bench
await using stack = new AsyncDisposableStack()
stack.use(await built())
const python = await step("PySpark's environment", () => pysparkPython(signal))
const services = stack.use(await openServices())

await step('warm Spark up', async () => {
  for (const measure of ['rows', 'latency']) await measured(process.execPath, [ourChild, measure, '5'], rows)
})
const pairs: MeasuredPair[] = []
for (const { title, measure, ...pair } of PAIRS) {
  const flags = [measure, String(pair.runs)]
  const measuredPair = await step(title, async () => ({
    title,
    ours: await measured(process.execPath, [ourChild, ...flags], pair.rows),
    theirs: await measured(python, [theirChild, ...flags], pair.rows),
  }))
  pairs.push(measuredPair)
}
const streamed = await step(`${rows * 10} rows streamed`, () =>
  measured(process.execPath, [ourChild, 'stream', '1'], rows * 10),
)
process.stdout.write(clientReport({ pairs, streamed, streamedRows: rows * 10 }))

/** One measure by one client, in a process of its own. */
function measured(command: string, args: readonly string[], queryRows: number): Promise<Measured> {
  const env = {
    ...process.env,
    ...pysparkVariables(services.variables),
    BENCH_QUERY: query(queryRows),
    BENCH_RELATIONS: RELATIONS,
  }
  return resultOf<Measured>({ command, args, env, signal })
}

/** The client as it is published; its build is removed afterwards. */
async function built(): Promise<AsyncDisposable> {
  const build = (...flags: readonly string[]) =>
    promisify(execFile)(process.execPath, ['build.mjs', ...flags], { cwd: client })
  await build()
  return { [Symbol.asyncDispose]: async () => void (await build('--remove')) }
}
