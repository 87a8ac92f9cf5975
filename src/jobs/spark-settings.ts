import type { SparkSession } from 'spark-connect-js'

/** What a session is set to before a job runs. */
export const SPARK_SETTINGS = {
  // Times are read and compared in this zone.
  'spark.sql.session.timeZone': 'UTC',
  // Above this many columns, whole-stage code generation makes methods that the JVM never compiles: wide
  // projections take half the time without it.
  'spark.sql.codegen.maxFields': '10',
  // The default is a type of 96 bits that Parquet gave up: slower, and without the statistics that prune by time.
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  // Spark Connect tells of each operation, with the options of a JDBC write, to its pages and event logs as plain text.
  'spark.sql.redaction.string.regex': String.raw`key: "password"\s+value: "(?:[^"\\]|\\.)*"`,
  // What is kept in memory lives for seconds: compressing it takes longer than computing half of it.
  'spark.sql.inMemoryColumnarStorage.compressed': 'false',
} as const

/** Below this many records, a slot costs planning and compiling more than rows. At 100,000 a sixth is saved, at 30,000 a third. */
const FEW_RECORDS = 200_000
/**
 * Below this many, compiling expressions takes longer than interpreting them: a quarter of the first slot after a start,
 * and half of its reading.
 */
const VERY_FEW_RECORDS = 50_000

const PARTITIONS = 'spark.sql.shuffle.partitions'
const USUAL_PARTITIONS = 'ripplerank.usual.shuffle.partitions'

/** Of a raw record, as a collector writes it. */
const BYTES_PER_RECORD = 1_000
/** How much smaller records are compressed: retweets repeat what they retweet. */
const COMPRESSION = 8

/**
 * How many records objects of so many bytes may hold, so that a session can be fitted before they are read. As good as
 * an order of magnitude: other formats have larger records.
 * @example recordsIn([{ key: 'a.gz', bytes: 2_000 }, { key: 'b', bytes: 4_000 }]) // 20
 */
export const recordsIn = (objects: readonly { readonly key: string; readonly bytes: number }[]): number =>
  objects.reduce(
    (records, { key, bytes }) =>
      records + Math.ceil((bytes * (key.endsWith('.gz') ? COMPRESSION : 1)) / BYTES_PER_RECORD),
    0,
  )

/**
 * Sets a session to what suits so many records, to be read or to be scored: the next ones may be more, and sessions are
 * shared.
 */
export async function fitToRecords({ conf }: SparkSession, records: number): Promise<void> {
  const [areFew, areVeryFew] = [records < FEW_RECORDS, records < VERY_FEW_RECORDS]
  const usual = await usualPartitions(conf)
  await conf.setAll({
    // Each shuffle would have what is left of the plan planned anew.
    'spark.sql.adaptive.enabled': String(!areFew),
    'spark.sql.codegen.wholeStage': String(!areVeryFew),
    'spark.sql.codegen.factoryMode': areVeryFew ? 'NO_CODEGEN' : 'FALLBACK',
    [PARTITIONS]: areFew ? '2' : usual,
  })
}

/** How many the server was started with: a session keeps no default to go back to, and may have been fitted before. */
async function usualPartitions(conf: SparkSession['conf']): Promise<string> {
  const known = await conf.get(USUAL_PARTITIONS, '')
  if (known !== '') return known
  const usual = await conf.get(PARTITIONS)
  await conf.set(USUAL_PARTITIONS, usual)
  return usual
}
