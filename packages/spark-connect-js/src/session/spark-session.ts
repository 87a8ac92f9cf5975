import { DataFrame } from '../frame/data-frame.ts'
import type { ActionOptions } from '../frame/executor.ts'
import { DataFrameReader } from '../frame/reader.ts'
import { range, sqlQuery } from '../plan/relation.ts'
import { schema, t, type Schema } from '../types/data-type.ts'
import { namedFile, type Artifact } from '../wire/artifacts.ts'
import { SparkConnectClient } from '../wire/client.ts'
import type { Row } from '../types/value.ts'
import { parseConnectionString } from '../wire/connection-string.ts'
import { SparkConnectError } from '../wire/error.ts'
import { LocalData } from './local-data.ts'
import { PlanGate } from './plan-gate.ts'
import { RuntimeConf } from './runtime-conf.ts'
import type { ProgressHandler } from './progress.ts'
import { SessionExecutor } from './session-executor.ts'
import { validTag } from './tags.ts'

const RangeRow = schema({ id: t.long })

interface SessionSettings extends Omit<ClientOptions, 'endpoint'> {
  readonly remote?: string
  readonly config: Readonly<Record<string, string>>
}

/** Collects what a session needs. Immutable: each setting gives a new builder. */
class SparkSessionBuilder {
  readonly #settings: SessionSettings

  constructor(settings: SessionSettings) {
    this.#settings = settings
  }

  /**
   * The server's address, as Spark's Connect clients write it: host, port and, after `/;`, parameters such as `token`,
   * `use_ssl`, `user_id`, `session_id`, `user_agent`; others travel as headers.
   * @example SparkSession.builder().remote('sc://spark.example.org:443/;use_ssl=true;token=...')
   */
  remote(remote: string): SparkSessionBuilder {
    return this.#with({ remote })
  }

  /**
   * Sets a configuration of the session.
   * @example SparkSession.builder().config('spark.sql.shuffle.partitions', '8')
   */
  config(key: string, value: string): SparkSessionBuilder {
    return this.#with({ config: { ...this.#settings.config, [key]: value } })
  }

  /**
   * Speaks TLS, also where the address does not say so: with authorities of one's own, or with a certificate for the
   * client. All in PEM; without any, the system's authorities are trusted.
   * @example SparkSession.builder().tls({})
   */
  tls(tls: TlsOptions): SparkSessionBuilder {
    return this.#with({ tls })
  }

  /**
   * A function that is asked for headers before each call, and again when the server refuses them as
   * UNAUTHENTICATED: for headers that expire. They win over those of the address.
   * @example SparkSession.builder().headers(() => Promise.resolve({ 'x-aws-proxy-auth': 'token of the hour' }))
   */
  headers(headers: HeadersHook): SparkSessionBuilder {
    return this.#with({ headers })
  }

  /**
   * How patient calls are with a server that is away: PySpark's constants, some ten minutes, where nothing else is said.
   * @example SparkSession.builder().retryPolicy({ maxRetries: 3 })
   */
  retryPolicy(retryPolicy: Partial<RetryPolicy>): SparkSessionBuilder {
    return this.#with({ retryPolicy })
  }

  /**
   * How long the server may be silent during an operation, in milliseconds, before the client leaves the connection
   * and takes the operation up again on another; 60,000 where nothing is said. No operation ends by it.
   * @example SparkSession.builder().stallTimeout(20_000)
   */
  stallTimeout(stallTimeoutMs: number): SparkSessionBuilder {
    return this.#with({ stallTimeoutMs })
  }

  /**
   * Connects, and sets the session's configuration.
   * @throws SparkConnectError INVALID_ARGUMENT for a bad address, UNAVAILABLE if no server answers within 5 s.
   * @example await SparkSession.builder().getOrCreate().catch((error: unknown) => SparkConnectError.from(error).code) // => 'INVALID_ARGUMENT'
   */
  async getOrCreate(): Promise<SparkSession> {
    const { remote, config, ...options } = this.#settings
    if (remote === undefined) {
      throw new SparkConnectError('no server is named: call remote("sc://host:port") first', {
        code: 'INVALID_ARGUMENT',
      })
    }
    const client = openClient(remote, options)
    try {
      await client.ready()
      const session = new SparkSession(client)
      await session.conf.setAll(config)
      return session
    } catch (error) {
      client.disconnect()
      throw SparkConnectError.from(error)
    }
  }

  #with(settings: Partial<SessionSettings>): SparkSessionBuilder {
    return new SparkSessionBuilder({ ...this.#settings, ...settings })
  }
}

const openClient = (remote: string, options: Omit<ClientOptions, 'endpoint'>): SparkConnectClient => {
  try {
    const endpoint = parseConnectionString(remote)
    return new SparkConnectClient({
      ...options,
      endpoint: { ...endpoint, useTls: endpoint.useTls || options.tls !== undefined },
    })
  } catch (error) {
    throw SparkConnectError.from(error)
  }
}

/**
 * A session on a Spark Connect server: where frames begin. Released with `await using` or `stop`.
 * @example await SparkSession.builder().remote(remote).getOrCreate() // a session
 */
export class SparkSession implements AsyncDisposable {
  readonly conf: RuntimeConf
  readonly #client: SparkConnectClient
  readonly #executor: SessionExecutor
  readonly #localData: LocalData

  constructor(client: SparkConnectClient) {
    this.#client = client
    this.#localData = new LocalData(client)
    this.#executor = new SessionExecutor(client, new PlanGate(this.#localData))
    this.conf = new RuntimeConf(client)
  }

  /**
   * Begins to say what session is wanted.
   * @example SparkSession.builder().remote('sc://localhost:15002/;token=abc') // a builder
   */
  static builder(): SparkSessionBuilder {
    return new SparkSessionBuilder({ config: {} })
  }

  /**
   * Begins to say what is read.
   * @example spark.read.schema({ id: t.long }) // a reader
   */
  get read(): DataFrameReader<Schema> {
    return new DataFrameReader(this.#executor)
  }

  /**
   * The numbers from `start` up to, but without, `end`.
   * @example spark.range(0n, 6n, 2n) // => [{ id: 0n }, { id: 2n }, { id: 4n }]
   */
  range(start: bigint, end: bigint, step: bigint = 1n): DataFrame<typeof RangeRow> {
    return new DataFrame(range({ start, end, step }), this.#executor)
  }

  /**
   * A query in Spark SQL. The compiler takes your word for the columns.
   * @example spark.sql<{ one: typeof t.integer }>('select 1 as one') // => [{ one: 1 }]
   */
  sql<S extends Schema = Schema>(query: string): DataFrame<S> {
    return new DataFrame(sqlQuery(query), this.#executor)
  }

  /**
   * A frame of rows that are here: encoded and checked at once, sent with the first plan that needs them.
   * Properties that are no columns are left out.
   * @throws SparkConnectError INVALID_ARGUMENT naming the row and column of a value that does not fit its type.
   * @example spark.createDataFrame([{ id: 1n, name: null }], schema({ id: t.long, name: t.string.nullable })) // => [{ id: 1n, name: null }]
   */
  createDataFrame<S extends Schema>(rows: Iterable<Row<NoInfer<S>>>, columns: S): DataFrame<S> {
    return new DataFrame(this.#localData.relation(rows, columns), this.#executor)
  }

  /** The server's version, such as `4.1.2`. */
  async version(): Promise<string> {
    const { result } = await this.#client.analyze({ case: 'sparkVersion', value: {} })
    return result.case === 'sparkVersion' ? result.value.version : ''
  }

  /**
   * Sends local files to the session: `jars` join its class path.
   * @example await spark.addArtifacts([{ path: `${folder}/words.txt`, kind: 'files' }])
   */
  addArtifacts(artifacts: readonly Artifact[], { signal }: ActionOptions = {}): Promise<void> {
    return this.#client.addArtifacts(artifacts.map(namedFile), signal)
  }

  /**
   * What `DataFrame.observe` computed under a name during the last action on it. Undefined if the server sent
   * nothing: it waits a tenth of a second for a metric after the action, servers before 4.0 send none of a write,
   * and none has ever one of a frame that Spark proved empty.
   * @example spark.observed('nothing of this name') // => undefined
   */
  observed<S extends Schema = Schema>(name: string): Row<S> | undefined {
    return this.#executor.observed(name) as Row<S> | undefined
  }

  /**
   * Interrupts every running operation of the session, and gives their ids.
   * @example await spark.interruptAll() // => []
   */
  interruptAll(): Promise<readonly string[]> {
    return this.#client.interrupt({ kind: 'all' })
  }

  /**
   * Interrupts the running operations that were started under a tag, and gives their ids.
   * @throws SparkConnectError INVALID_ARGUMENT for a text that cannot be a tag
   * @example await spark.interruptTag('nightly') // => []
   */
  async interruptTag(tag: string): Promise<readonly string[]> {
    return this.#client.interrupt({ kind: 'tag', tag: validTag(tag) })
  }

  /**
   * Interrupts one operation by the id that its progress events name; gives the id, or nothing if it has ended.
   * @example await spark.interruptOperation('5b9cbbfb-5f8d-4d62-9e57-1f6c3a3b8f0e') // => []
   */
  interruptOperation(operationId: string): Promise<readonly string[]> {
    return this.#client.interrupt({ kind: 'operation', operationId })
  }

  /**
   * Adds a tag under which all further operations of the session run, until it is removed.
   * @throws SparkConnectError INVALID_ARGUMENT for an empty text, or one with a comma
   * @example spark.addTag('nightly')
   */
  addTag(tag: string): void {
    this.#executor.tags.add(tag)
  }

  /**
   * Takes a tag from all further operations of the session.
   * @example spark.removeTag('nightly')
   */
  removeTag(tag: string): void {
    this.#executor.tags.remove(tag)
  }

  /**
   * The tags under which further operations run.
   * @example spark.getTags()
   */
  getTags(): ReadonlySet<string> {
    return this.#executor.tags.all
  }

  /**
   * Takes all tags from further operations of the session.
   * @example spark.clearTags()
   */
  clearTags(): void {
    this.#executor.tags.clear()
  }

  /**
   * Calls a function as the server reports on any operation of the session, every 2 s while Spark works, and once at
   * the operation's end. Servers before 4.0 report the end only.
   * @example spark.registerProgressHandler(({ operationId, tasksDone, tasks }) => console.error(operationId, tasksDone / tasks))
   */
  registerProgressHandler(handler: ProgressHandler): void {
    this.#executor.progressHandlers.add(handler)
  }

  /**
   * Ends the calls of a function given to `registerProgressHandler`.
   * @example spark.removeProgressHandler(() => undefined)
   */
  removeProgressHandler(handler: ProgressHandler): void {
    this.#executor.progressHandlers.remove(handler)
  }

  /**
   * Ends the calls of all functions given to `registerProgressHandler`.
   * @example spark.clearProgressHandlers()
   */
  clearProgressHandlers(): void {
    this.#executor.progressHandlers.clear()
  }

  /**
   * Ends the session on the server.
   * @example await SparkSession.builder().remote(remote).getOrCreate().then((session) => session.stop())
   */
  stop(): Promise<void> {
    return this.#client.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A server that cannot be told forgets the session after an idle hour; the error that led here matters more.
    await this.stop().catch(() => undefined)
  }
}
