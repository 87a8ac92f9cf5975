import { toBinary } from '@bufbuild/protobuf'
import { tableFromIPC } from '@uwdata/flechette'
import { SparkSession, t, type DataFrame, type Schema } from 'spark-connect-js'
import { col } from 'spark-connect-js/functions'
import { rootPlan } from '../packages/spark-connect-js/src/plan/command.ts'
import { PlanSchema } from '../packages/spark-connect-js/src/generated/spark/connect/base_pb.js'

const PLAN_STEPS = 200

// A process of its own for each measure, so that one's memory and compiled code are not another's.
const [name = '', runs = '1'] = process.argv.slice(2)
const query = process.env['BENCH_QUERY'] ?? ''

const measures: Readonly<Record<string, (spark: SparkSession) => Promise<unknown>>> = {
  rows: async (spark) => notNone((await spark.sql(query).collect()).length),
  columns: async (spark) => {
    let rows = 0
    for await (const ipc of spark.sql(query).toArrow()) rows += tableFromIPC(ipc).numRows
    return notNone(rows)
  },
  latency: async (spark) => notNone((await spark.sql('SELECT 1 AS one').collect()).length),
  plan: (spark) => Promise.resolve(notNone(encodedPlan(spark).length)),
  stream: async (spark) => {
    let rows = 0
    for await (const _ of spark.sql(query)) rows++
    return notNone(rows)
  },
}

await using session = await SparkSession.builder()
  .remote(process.env['SPARK_REMOTE'] ?? '')
  .getOrCreate()
const measure = measures[name]
if (!measure) throw new Error(`there is no measure "${name}"`)
if (name !== 'stream') await measure(session)
const seconds: number[] = []
for (let run = 0; run < Number(runs); run++) {
  const startedMs = performance.now()
  await measure(session)
  seconds.push((performance.now() - startedMs) / 1_000)
}
const peakMemoryBytes = process.resourceUsage().maxRSS * 1_024
process.stdout.write(JSON.stringify({ seconds, peakMemoryBytes }))

function encodedPlan(spark: SparkSession): Uint8Array {
  let frame: DataFrame<Schema> = spark.range(10n)
  for (let step = 0; step < PLAN_STEPS; step++) {
    frame = frame.withColumns(() => ({ [`c${step}`]: col('id', t.long).plus(BigInt(step)) }))
  }
  return toBinary(PlanSchema, rootPlan(frame.relation))
}

function notNone(count: number): number {
  if (count > 0) return count
  throw new Error('the query gave nothing')
}
