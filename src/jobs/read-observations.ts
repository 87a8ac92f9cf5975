import type { ActionOptions, ColumnsOf, DataFrame, SparkSession } from 'spark-connect-js'
import { coalesce, count, countIf, max, when } from 'spark-connect-js/functions'
import { ParsedRecord } from '../schema/observation.ts'
import { isSpreading } from '../transforms/cascade/spreading.ts'
import { toObservations } from '../transforms/observation/to-observations.ts'
import { explodeRecords } from '../transforms/record/explode-records.ts'
import { parseLines } from '../transforms/record/parse-lines.ts'
import { observed } from './observed.ts'

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
  readonly holds: SilverHoldings
}

/** What the records say beside retweets: what is not there need not be looked for. */
export interface SilverHoldings {
  /** Whether a retweet or quote names whom it was made from. */
  readonly parents: boolean
  readonly likes: boolean
  readonly follows: boolean
}

/** Texts hardly repeat within a file: looking for repeats costs a fifth of the stage, and zstd finds them anyway. */
const SILVER_FORMAT = { compression: 'zstd', 'parquet.enable.dictionary': 'false' } as const

const readMetrics = (c: ColumnsOf<typeof ParsedRecord>) => ({
  usable: countIf(c.reject_reason.isNull()),
  records: count(),
  newest: max(when(c.reject_reason.isNull(), c.tweeted_at)),
  parents: countIf(isSpreading(c.kind).and(coalesce(...parentOf(c)).isNotNull())),
  likes: countIf(c.kind.eq('like')),
  follows: countIf(c.kind.eq('follow')),
})

const parentOf = (c: ColumnsOf<typeof ParsedRecord>) =>
  [c.parent_id, c.parent_author_id, c.parent_screen_name] as const

/** Parses raw objects to observations, once: from then on, no JSON is looked at. */
export async function readObservations({ spark, inputs, silver, term, options }: ReadInput): Promise<Silver> {
  const parsed = spark.read
    .options({ recursiveFileLookup: 'true' })
    .text(...inputs)
    .transform(parseLines())
    .transform(explodeRecords())
    .transform(toObservations({ term }))
  const records = spark.read.schema(ParsedRecord).parquet(silver)
  const passing = observed({ frame: parsed, again: records, metrics: readMetrics })
  await passing.frame.write.options(SILVER_FORMAT).parquet(silver, options)
  const { usable, records: all, newest, ...held } = await passing.values(spark, options)
  return {
    records,
    usable: Number(usable),
    rejected: Number(all - usable),
    newest: newest?.toDate(),
    holds: { parents: held.parents > 0n, likes: held.likes > 0n, follows: held.follows > 0n },
  }
}
