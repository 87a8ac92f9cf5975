import { SparkConnectError, SparkSession } from 'spark-connect-js'

import { testServices } from '../../../../test/environment/services.ts'

/** Runs for hours, and cannot fail: a sum of the products would overflow 64 bits within a second. */
export const ENDLESS = 'select count_if(a.id <> b.id) from range(1000000) a cross join range(1000000) b'

/** A session of its own on the run's Spark, with further parameters of its address, such as `session_id=...`. */
export const openSession = (...parameters: readonly string[]): Promise<SparkSession> =>
  SparkSession.builder()
    .remote([testServices().sparkRemote, ...parameters].join(';'))
    // A few rows need neither many tasks nor generated code.
    .config('spark.sql.shuffle.partitions', '1')
    .config('spark.sql.codegen.wholeStage', 'false')
    .config('spark.sql.codegen.factoryMode', 'NO_CODEGEN')
    .getOrCreate()

/** The error that some work fails with. @throws Error if it succeeds, or fails with something else. */
export const failureOf = async (work: Promise<unknown>): Promise<SparkConnectError> => {
  const outcome = await work.then(
    () => 'it succeeded',
    (cause: unknown) => cause,
  )
  if (outcome instanceof SparkConnectError) return outcome
  throw new Error('expected a SparkConnectError', { cause: outcome })
}
