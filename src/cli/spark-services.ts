import type { SparkSession } from 'spark-connect-js'

import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'
import type { Progress } from './progress.ts'
import { lakeBeside, openSpark, startMissing } from './services.ts'

/** Spark, and S3 where it is asked for: what a job needs that publishes nothing. */
export interface SparkServices extends AsyncDisposable {
  readonly spark: SparkSession
  /** Where silver goes: a folder or an `s3://` address that Spark can write to. */
  readonly lake: string
  /** Aborted with the caller's signal, and when an embedded service ends that should not. */
  readonly signal: AbortSignal
}

interface SparkServicesOptions {
  readonly context: CommandContext
  readonly progress: Progress
  /** Starts S3 as well where no variable names one, if one of them is on it. */
  readonly sources: readonly string[]
  /** Wins over RIPPLERANK_LAKE. */
  readonly lake?: string | undefined
}

/**
 * Opens the Spark that the environment names, or starts one on this machine.
 * @throws SparkConnectError, LocalError or ConfigError, each naming the service
 */
export async function openSparkServices(options: SparkServicesOptions): Promise<SparkServices> {
  const { context, progress, sources, lake } = options
  const { all, SPARK_REMOTE, RIPPLERANK_LAKE } = readEnvironment(context.variables)
  await using stack = new AsyncDisposableStack()
  const lost = new AbortController()
  const signal = AbortSignal.any([context.signal, lost.signal])
  const given = SPARK_REMOTE && stack.use(await openSpark(SPARK_REMOTE, signal))
  const needsS3 = sources.some((source) => source.startsWith('s3://'))
  const services = needsS3 ? (['spark', 's3'] as const) : (['spark'] as const)
  const embedded = stack.use(await startMissing({ environment: all, services, progress, signal }))
  void embedded.lost.then((error) => lost.abort(error))
  const { environment } = embedded
  const spark = given || stack.use(await openSpark(environment['SPARK_REMOTE'] ?? '', signal))
  const opened = stack.move()
  return {
    spark,
    lake: lake ?? RIPPLERANK_LAKE ?? environment['RIPPLERANK_LAKE'] ?? lakeBeside(SPARK_REMOTE),
    signal,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
