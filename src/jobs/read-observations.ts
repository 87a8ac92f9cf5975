import type { ActionOptions, ColumnsOf, DataFrame, Row, SchemaOfRecord, SparkSession } from 'spark-connect-js'
import { coalesce, count, countIf, max, when } from 'spark-connect-js/functions'
import { ParsedRecord } from '../schema/observation.ts'
import { isSpreading } from '../transforms/cascade/spreading.ts'
import { OTHER_FORMAT } from '../transforms/observation/parsed-columns.ts'
import { toObservations } from '../transforms/observation/to-observations.ts'
import { toOtherObservations } from '../transforms/observation/to-other-observations.ts'
import { DELETING_KINDS } from '../transforms/observation/without-deleted.ts'
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
  /** How many of the usable ones ask for something to be forgotten: see `withoutDeleted`. */
  readonly deletions: number
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

const readMetrics = (c: ColumnsOf<typeof ParsedRecord>) => {
  const [isUsable, isDeletion] = [c.reject_reason.isNull(), c.kind.isin(...DELETING_KINDS)]
  return {
    records: count(),
    usable: countIf(isUsable),
    others: countIf(c.reject_reason.eq(OTHER_FORMAT)),
    deletions: countIf(isDeletion),
    parents: countIf(isSpreading(c.kind).and(coalesce(...parentOf(c)).isNotNull())),
    likes: countIf(c.kind.eq('like')),
    follows: countIf(c.kind.eq('follow')),
    // A deletion may come years after the tweet.
    newest: max(when(isUsable.and(isDeletion.eq(false)), c.tweeted_at)),
  }
}

type ReadMetrics = Row<SchemaOfRecord<ReturnType<typeof readMetrics>>>

const parentOf = (c: ColumnsOf<typeof ParsedRecord>) =>
  [c.parent_id, c.parent_author_id, c.parent_screen_name] as const

/** Parses raw objects to observations, once: from then on, no JSON is looked at. */
export async function readObservations({ spark, inputs, silver, term, options }: ReadInput): Promise<Silver> {
  const write = silverWriter(spark, options)
  const common = await write(
    `${silver}/common`,
    spark.read
      .options({ recursiveFileLookup: 'true' })
      .text(...inputs)
      .transform(parseLines())
      .transform(explodeRecords())
      .transform(toObservations({ term })),
  )
  if (common.metrics.others === 0n) return silverOf(common.records, [common.metrics])
  const others = await write(`${silver}/others`, common.records.transform(toOtherObservations({ term })))
  const records = common.records
    .filter((c) => c.reject_reason.eqNullSafe(OTHER_FORMAT).eq(false))
    .union(others.records)
  return silverOf(records, [common.metrics, others.metrics])
}

/** Writes parsed records, and counts them as they pass. */
const silverWriter =
  (spark: SparkSession, options: ActionOptions) =>
  async (path: string, parsed: DataFrame<typeof ParsedRecord>) => {
    const records = spark.read.schema(ParsedRecord).parquet(path)
    const passing = observed({ frame: parsed, again: records, metrics: readMetrics })
    await passing.frame.write.options(SILVER_FORMAT).parquet(path, options)
    return { records, metrics: await passing.values(spark, options) }
  }

/** What the passes came to together: records that one left to the other are counted there. */
function silverOf(records: Silver['records'], passes: readonly ReadMetrics[]): Silver {
  const total = (counted: (pass: ReadMetrics) => bigint) =>
    Number(passes.reduce((sum, pass) => sum + counted(pass), 0n))
  const times = passes.flatMap(({ newest }) => (newest === null ? [] : [newest.toDate().getTime()]))
  return {
    records,
    usable: total((pass) => pass.usable),
    rejected: total((pass) => pass.records - pass.others - pass.usable),
    deletions: total((pass) => pass.deletions),
    holds: {
      parents: total((pass) => pass.parents) > 0,
      likes: total((pass) => pass.likes) > 0,
      follows: total((pass) => pass.follows) > 0,
    },
    newest: times.length === 0 ? undefined : new Date(Math.max(...times)),
  }
}
