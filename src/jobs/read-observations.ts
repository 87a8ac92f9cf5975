import { schema, t, type ActionOptions, type DataFrame, type SparkSession } from 'spark-connect-js'
import { count, countIf, max, when } from 'spark-connect-js/functions'
import { ParsedRecord } from '../schema/observation.ts'
import { toObservations } from '../transforms/observation/to-observations.ts'
import { explodeRecords } from '../transforms/record/explode-records.ts'
import { parseRecords } from '../transforms/record/parse-records.ts'

interface ReadInput {
  readonly spark: SparkSession
  readonly inputs: readonly string[]
  readonly silver: string
  readonly term: string | undefined
  readonly options: ActionOptions
}

/** What was read, and where it lies now. */
export interface Silver {
  readonly records: DataFrame<typeof ParsedRecord>
  readonly usable: number
  readonly rejected: number
  readonly newest: Date | undefined
}

const METRICS = 'read_observations'
const ReadMetrics = schema({ usable: t.long, records: t.long, newest: t.timestamp.nullable })

/** Parses raw objects to observations, once: from then on, no JSON is looked at. */
export async function readObservations({ spark, inputs, silver, term, options }: ReadInput): Promise<Silver> {
  await spark.read
    .options({ recursiveFileLookup: 'true' })
    .text(...inputs)
    .transform(explodeRecords())
    .transform(parseRecords())
    .transform(toObservations({ term }))
    .observe(METRICS, (c) => ({
      usable: countIf(c.reject_reason.isNull()),
      records: count(),
      newest: max(when(c.reject_reason.isNull(), c.tweeted_at)),
    }))
    .write.parquet(silver, options)
  const { usable = 0n, records = 0n, newest } = spark.observed<typeof ReadMetrics>(METRICS)
  return {
    records: spark.read.schema(ParsedRecord).parquet(silver),
    usable: Number(usable),
    rejected: Number(records - usable),
    newest: newest?.toDate(),
  }
}
