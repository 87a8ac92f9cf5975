/** What a session is set to before a job runs. */
export const SPARK_SETTINGS = {
  // Times are read and compared in this zone.
  'spark.sql.session.timeZone': 'UTC',
  // Above this many columns, whole-stage code generation makes methods that the JVM never compiles: wide
  // projections take half the time without it.
  'spark.sql.codegen.maxFields': '10',
  // The default is a type of 96 bits that Parquet gave up: slower, and without the statistics that prune by time.
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  // What is kept in memory lives for seconds: compressing it takes longer than computing half of it.
  'spark.sql.inMemoryColumnarStorage.compressed': 'false',
} as const
