import type { ActionOptions, ColumnsOf, DataFrame, Row, SchemaOfRecord, SparkSession } from 'spark-connect-js'
import { coalesce, count, countIf, max, min, when } from 'spark-connect-js/functions'
import type { Forgotten } from '../schema/forgotten.ts'
import { ParsedRecord } from '../schema/observation.ts'
import { isSpreading } from '../transforms/cascade/spreading.ts'
import { OTHER_FORMAT } from '../transforms/observation/parsed-columns.ts'
import { toObservations } from '../transforms/observation/to-observations.ts'
import { toOtherObservations } from '../transforms/observation/to-other-observations.ts'
import { withoutForgotten } from '../transforms/observation/without-forgotten.ts'
import { DELETING_KINDS } from '../transforms/observation/without-deleted.ts'
import { explodeRecords } from '../transforms/record/explode-records.ts'
import { parseLines } from '../transforms/record/parse-lines.ts'
import { observed } from './observed.ts'

interface ReadInput {
  readonly spark: SparkSession
  /** Files, folders or `s3://` addresses; with `areObjects`, single objects whose names mean themselves alone. */
  readonly inputs: readonly string[]
  readonly areObjects?: boolean
  readonly silver: string
  readonly term: string | undefined
  /** What is to be left out, whoever sends it again. */
  readonly forgotten?: DataFrame<typeof Forgotten> | undefined
  readonly options: ActionOptions
}

/** What was read. */
export interface ParsedFacts {
  readonly usable: number
  readonly rejected: number
  /** How many of the usable ones ask for something to be forgotten: see `withoutDeleted`. */
  readonly deletions: number
  readonly oldest: Date | undefined
  readonly newest: Date | undefined
  readonly holds: SilverHoldings
}

/** What was read, and where it lies now. */
export interface Silver extends ParsedFacts {
  readonly records: DataFrame<typeof ParsedRecord>
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
  // A deletion may come years after the tweet.
  const tweetedAt = when(isUsable.and(isDeletion.eq(false)), c.tweeted_at)
  return {
    records: count(),
    usable: countIf(isUsable),
    others: countIf(c.reject_reason.eq(OTHER_FORMAT)),
    deletions: countIf(isDeletion),
    parents: countIf(isSpreading(c.kind).and(coalesce(...parentOf(c)).isNotNull())),
    likes: countIf(c.kind.eq('like')),
    follows: countIf(c.kind.eq('follow')),
    oldest: min(tweetedAt),
    newest: max(tweetedAt),
  }
}

type ReadMetrics = Row<SchemaOfRecord<ReturnType<typeof readMetrics>>>

const parentOf = (c: ColumnsOf<typeof ParsedRecord>) =>
  [c.parent_id, c.parent_author_id, c.parent_screen_name] as const

/** Parses raw objects to observations, once: from then on, no JSON is looked at. */
export async function readObservations(input: ReadInput): Promise<Silver> {
  const facts = await parseObservations(input)
  return { ...facts, records: openSilver(input.spark, [input.silver]) }
}

/** The parsed records of some folders; each record once, though two passes may have met it. */
export const openSilver = (spark: SparkSession, folders: readonly string[]): DataFrame<typeof ParsedRecord> =>
  spark.read
    .schema(ParsedRecord)
    .option('recursiveFileLookup', 'true')
    .parquet(...folders)
    .filter((c) => c.reject_reason.eqNullSafe(OTHER_FORMAT).eq(false))

/** Parses raw objects to a folder of silver, and says what it holds. */
export async function parseObservations(input: ReadInput): Promise<ParsedFacts> {
  const { spark, inputs, areObjects = false, silver, term, forgotten, options } = input
  const write = silverWriter(spark, options)
  const allowed = (records: Silver['records']) =>
    forgotten ? records.transform(withoutForgotten(forgotten)) : records
  const look = areObjects ? {} : { recursiveFileLookup: 'true' }
  const common = await write(
    `${silver}/common`,
    spark.read
      .options(look)
      .text(...(areObjects ? inputs.map(asItself) : inputs))
      .transform(parseLines())
      .transform(explodeRecords())
      .transform(toObservations({ term }))
      .transform(allowed),
  )
  if (common.metrics.others === 0n) return factsOf([common.metrics])
  const rest = common.records.transform(toOtherObservations({ term })).transform(allowed)
  const others = await write(`${silver}/others`, rest)
  return factsOf([common.metrics, others.metrics])
}

/** Hadoop takes a name for a pattern where it can. */
const asItself = (path: string): string => path.replaceAll(/[{}[\]*?\\]/g, String.raw`\$&`)

/** Writes parsed records, and counts them as they pass. */
const silverWriter =
  (spark: SparkSession, options: ActionOptions) =>
  async (path: string, parsed: DataFrame<typeof ParsedRecord>) => {
    const records = spark.read.schema(ParsedRecord).parquet(path)
    const passing = observed({ frame: parsed, again: records, metrics: readMetrics })
    await passing.frame.write.options(SILVER_FORMAT).parquet(path, options)
    return { records, metrics: await passing.values(spark, options) }
  }

/** Writes records that were parsed before to a folder of their own, and says what it holds. */
export async function rewriteObservations({
  spark,
  records,
  silver,
  options,
}: Pick<ReadInput, 'spark' | 'silver' | 'options'> & Pick<Silver, 'records'>): Promise<ParsedFacts> {
  const { metrics } = await silverWriter(spark, options)(silver, records)
  return factsOf([metrics])
}

/** What the passes came to together: records that one left to the other are counted there. */
function factsOf(passes: readonly ReadMetrics[]): ParsedFacts {
  const total = (counted: (pass: ReadMetrics) => bigint) =>
    Number(passes.reduce((sum, pass) => sum + counted(pass), 0n))
  return {
    usable: total((pass) => pass.usable),
    rejected: total((pass) => pass.records - pass.others - pass.usable),
    deletions: total((pass) => pass.deletions),
    holds: {
      parents: total((pass) => pass.parents) > 0,
      likes: total((pass) => pass.likes) > 0,
      follows: total((pass) => pass.follows) > 0,
    },
    oldest: extreme(
      Math.min,
      passes.map(({ oldest }) => oldest?.toDate()),
    ),
    newest: extreme(
      Math.max,
      passes.map(({ newest }) => newest?.toDate()),
    ),
  }
}

/** The first or last of some times; undefined if none is known. */
export function extreme(
  of: (...times: number[]) => number,
  times: readonly (Date | undefined)[],
): Date | undefined {
  const known = times.flatMap((time) => time?.getTime() ?? [])
  return known.length === 0 ? undefined : new Date(of(...known))
}
