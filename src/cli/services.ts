import { SparkConnectError, SparkSession } from 'spark-connect-js'

import type { EmbeddedService } from '../local/start-embedded.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import { localPaths } from '../local/paths.ts'
import type { Store } from '../store/store.ts'
import { openStore } from '../store/store.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { databaseAccess } from './database-access.ts'
import { withDatabaseSecret } from './database-secret.ts'
import { openEmrSession } from './emr-session.ts'
import { readEnvironment } from './environment.ts'
import { lazyS3, type LazyS3 } from './lazy-s3.ts'
import type { Progress } from './progress.ts'

/** What a job works with, open and proven. Disposing closes the connections and stops what was started for them. */
export interface Services extends AsyncDisposable {
  readonly spark: SparkSession
  readonly store: Store
  /** Where silver goes: a folder or an `s3://` address that Spark can write to. */
  readonly lake: string
  readonly openS3: LazyS3['open']
  /** Aborted with the caller's signal, and when an embedded service ends that should not. */
  readonly signal: AbortSignal
}

export interface ServicesOptions {
  readonly context: CommandContext
  readonly progress: Progress
  /** Which parts to start where no variable names one. */
  readonly services: readonly EmbeddedService[]
  /** Wins over RIPPLERANK_LAKE. */
  readonly lake?: string | undefined
  /** Id of the EMR cluster on which to start a session, instead of any other Spark. */
  readonly emrSession?: string | undefined
}

/**
 * Opens the services that the environment names and starts the missing ones on this machine. Those that are named come
 * first, so that a wrong password is told before anything starts.
 * @throws StoreError, SparkConnectError, LocalError or ConfigError, each naming the service
 */
export async function openServices({
  context,
  progress,
  services,
  lake,
  emrSession,
}: ServicesOptions): Promise<Services> {
  await using stack = new AsyncDisposableStack()
  const lost = new AbortController()
  const signal = AbortSignal.any([context.signal, lost.signal])
  const given = await withDatabaseSecret(readEnvironment(context.variables), signal)
  const givenStore =
    given.DATABASE_URL &&
    stack.use(await openStore({ url: given.DATABASE_URL, signal, ...databaseAccess(given) }))
  const session = emrSession && (await openEmrSession(emrSession, { environment: given, progress, signal }))
  const named: NamedSpark = session ? stack.use(session) : { remote: given.SPARK_REMOTE }
  const givenSpark = named.remote && stack.use(await openSpark(named.remote, signal, named))
  const missing = services.filter((service) => service !== 'spark' || !givenSpark)
  const embedded = stack.use(
    await startMissing({ environment: given.all, services: missing, progress, signal }),
  )
  void embedded.lost.then((error) => lost.abort(error))
  const { DATABASE_URL = '', SPARK_REMOTE = '', RIPPLERANK_LAKE } = embedded.environment
  const store = givenStore || stack.use(await openStore({ url: DATABASE_URL, signal }))
  const spark = givenSpark || stack.use(await openSpark(SPARK_REMOTE, signal))
  const s3 = stack.use(lazyS3({ ...given.all, ...embedded.environment }))
  await store.migrate()
  const opened = stack.move()
  return {
    spark,
    store,
    lake: lake ?? given.RIPPLERANK_LAKE ?? RIPPLERANK_LAKE ?? lakeBeside(named.remote),
    openS3: s3.open,
    signal,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

interface MissingServices {
  readonly environment: NodeJS.ProcessEnv
  readonly services: readonly EmbeddedService[]
  readonly progress: Progress
  readonly signal: AbortSignal
}

export async function startMissing({ environment, services, progress, signal }: MissingServices) {
  const stage = progress.stage({ name: 'start services' })
  const lines: string[] = []
  const embedded = await startEmbedded({
    environment,
    services,
    signal,
    onProgress: (line) => lines.push(line),
  })
  stage.done(lines.filter((line) => line.includes(' is up ')).join(', ') || 'all up already')
  return embedded
}

interface SparkAccess {
  /** Headers that expire, asked for before each call. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>
}

type NamedSpark = SparkAccess & { readonly remote: string | undefined }

/**
 * Connects, and brings the MySQL driver along if the server has none: it need not be installed on a cluster. A session
 * that the address names is left open for the next run, which then finds the code that this one had compiled.
 */
export async function openSpark(
  remote: string,
  signal: AbortSignal,
  { headers }: SparkAccess = {},
): Promise<SparkSession> {
  const spark = await connectToSpark(remote, headers)
  if (!(await hasMySqlDriver(spark, signal))) {
    await spark.addArtifacts([{ kind: 'jars', path: localPaths().connectorJ }], { signal })
  }
  return spark
}

const SESSION_ID = /;session_id=[^;]*/

/**
 * A Spark that is away is waited for about a minute. By PySpark's ten, a run would keep its lease from all others so
 * long, for a server that knows nothing of its session when it is back.
 */
export const SPARK_PATIENCE = { maxBackoffMs: 5_000 } as const

async function connectToSpark(remote: string, headers: SparkAccess['headers']): Promise<SparkSession> {
  const open = async (address: string) => {
    // A setting is a round trip: it proves the token, too.
    const builder = SparkSession.builder()
      .remote(address)
      .retryPolicy(SPARK_PATIENCE)
      .config('spark.sql.session.timeZone', 'UTC')
    const spark = await (headers ? builder.headers(headers) : builder).getOrCreate()
    spark.releaseSessionOnClose = !SESSION_ID.test(address)
    return spark
  }
  try {
    return await open(remote)
  } catch (error) {
    // The server ends a session after an idle hour, and its id with it.
    const hasEnded = SparkConnectError.from(error).errorClass === 'INVALID_HANDLE.SESSION_CLOSED'
    if (hasEnded && SESSION_ID.test(remote)) return await open(remote.replace(SESSION_ID, ''))
    throw error
  }
}

/**
 * A session with a jar of its own gets a class loader of its own, and shares no compiled code with the sessions
 * before it: where the driver is at hand already, a run takes two thirds of the time.
 */
export async function hasMySqlDriver(spark: SparkSession, signal: AbortSignal): Promise<boolean> {
  const found = spark.sql("SELECT reflect('java.lang.Class', 'forName', 'com.mysql.cj.jdbc.Driver')")
  try {
    await found.collect({ signal })
    return true
  } catch (error) {
    if (signal.aborted) throw error
    return false
  }
}

/** A Spark on this machine shares its folders; any other cannot write to them. */
export function lakeBeside(remote: string | undefined): string {
  if (remote && /^sc:\/\/(localhost|127\.|\[::1\])/.test(remote)) return `${localPaths().state}/lake`
  throw new ConfigError(
    'RIPPLERANK_LAKE is not set; name a place that the Spark of SPARK_REMOTE can write to, such as s3://bucket/silver',
  )
}
