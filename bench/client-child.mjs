// client-child.mjs MEASURE RUNS: one measure of spark-connect-js as its users have it, built. See pyspark/client.py.
import { toBinary } from '@bufbuild/protobuf'
import { tableFromIPC } from '@uwdata/flechette'
import { SparkSession, t } from 'spark-connect-js'
import { col } from 'spark-connect-js/functions'

const PLAN_STEPS = 200

const [name, runs] = process.argv.slice(2)
const query = process.env.BENCH_QUERY
const { RelationSchema } = await import(process.env.BENCH_RELATIONS)

const measures = {
  rows: async (spark) => (await spark.sql(query).collect()).length,
  columns: async (spark) => {
    let rows = 0
    for await (const ipc of spark.sql(query).toArrow()) rows += tableFromIPC(ipc).numRows
    return rows
  },
  latency: async (spark) => (await spark.sql('SELECT 1 AS one').collect()).length,
  plan: async (spark) => encodedPlan(spark).length,
  stream: async (spark) => {
    let rows = 0
    for await (const _ of spark.sql(query)) rows++
    return rows
  },
}

await using session = await SparkSession.builder().remote(process.env.SPARK_REMOTE).getOrCreate()
if (name !== 'stream') await measured()
const seconds = []
for (let run = 0; run < Number(runs); run++) seconds.push(await measured())
const peakMemoryBytes = process.resourceUsage().maxRSS * 1_024
process.stdout.write(JSON.stringify({ seconds, peakMemoryBytes }))

async function measured() {
  const startedMs = performance.now()
  if ((await measures[name](session)) === 0) throw new Error('the query gave nothing')
  return (performance.now() - startedMs) / 1_000
}

function encodedPlan(spark) {
  let frame = spark.range(10n)
  for (let step = 0; step < PLAN_STEPS; step++) {
    frame = frame.withColumns(() => ({ [`c${step}`]: col('id', t.long).plus(BigInt(step)) }))
  }
  return toBinary(RelationSchema, frame.relation)
}
