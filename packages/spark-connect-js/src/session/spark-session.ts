import { expressionOf } from '../column/column.ts'
import type { ColumnOrLiteral } from '../column/operand.ts'
import { DataFrame } from '../frame/data-frame.ts'
import type { ActionOptions } from '../frame/executor.ts'
import { DataStreamReader } from '../frame/data-stream-reader.ts'
import { DataFrameReader } from '../frame/reader.ts'
import { TableValuedFunction } from '../frame/table-valued-function.ts'
import { range, readTable, sqlQuery, toSchema, type SqlParameters } from '../plan/relation.ts'
import { schema, t, type Schema } from '../types/data-type.ts'
import { forwardedFile, namedFile, type Artifact } from '../wire/artifacts.ts'
import { toProtoType } from '../types/proto.ts'
import type { SparkConnectClient } from '../wire/client.ts'
import type { Row } from '../types/value.ts'
import { SparkConnectError } from '../wire/error.ts'
import { Catalog } from './catalog.ts'
import { ListenerBus } from './listener-bus.ts'
import { LocalData } from './local-data.ts'
import { RuntimeConf } from './runtime-conf.ts'
import type { ProgressHandler } from './progress.ts'
import { ServerVersion } from './server-version.ts'
import { SparkSessionBuilder } from './session-builder.ts'
import { SessionExecutor } from './session-executor.ts'
import { StreamingQueryManager } from './streaming-query-manager.ts'
import { validTag } from './tags.ts'

const RangeRow = schema({ id: t.long })

export interface RangeOptions {
  readonly step?: bigint
  /** How many tasks make the numbers; the server's default parallelism unless said. */
  readonly numPartitions?: number
}

/** Values for the parameters of a query: by name, or by place. */
export type SqlArguments = { readonly [name: string]: ColumnOrLiteral } | readonly ColumnOrLiteral[]

/**
 * A session on a Spark Connect server: where frames begin. Released with `await using` or `stop`.
 * @example await SparkSession.builder().remote(remote).getOrCreate() // a session
 */
export class SparkSession implements AsyncDisposable {
  readonly conf: RuntimeConf
  /** Whether `stop` ends the session on the server; without, whoever names its id in `session_id` goes on with it. */
  releaseSessionOnClose = true
  #isStopped = false
  readonly #client: SparkConnectClient
  readonly #executor: SessionExecutor
  readonly #localData: LocalData
  readonly #catalog: Catalog
  readonly #listeners: ListenerBus
  readonly #serverVersion: ServerVersion

  constructor(client: SparkConnectClient) {
    this.#client = client
    this.#localData = new LocalData(client)
    this.#executor = new SessionExecutor(client)
    this.#catalog = new Catalog(this.#executor)
    this.#listeners = new ListenerBus(this.#executor)
    this.#executor.onStreamStarted((json) => this.#listeners.started(json))
    this.#serverVersion = new ServerVersion(client)
    client.guard(async (outgoing) => {
      const fitted = await this.#serverVersion.fit(outgoing)
      await this.#localData.send()
      return fitted
    })
    this.conf = new RuntimeConf(client)
  }

  /**
   * Begins to say what session is wanted.
   * @example SparkSession.builder().remote('sc://localhost:15002/;token=abc') // a builder
   */
  static builder(): SparkSessionBuilder {
    return new SparkSessionBuilder({ config: {} }, (client) => new SparkSession(client))
  }

  /**
   * Begins to say what is read.
   * @example spark.read.schema({ id: t.long }) // a reader
   */
  get read(): DataFrameReader<Schema> {
    return new DataFrameReader(this.#executor)
  }

  /**
   * Frames that functions give. Since Spark 4.0.
   * @example spark.tvf.range(0n, 1n) // => [{ id: 0n }]
   */
  get tvf(): TableValuedFunction {
    return new TableValuedFunction(this.#executor)
  }

  /**
   * The whole numbers below `end`, from 0 or from `start`, in the column `id`.
   * @example spark.range(3n) // => [{ id: 0n }, { id: 1n }, { id: 2n }]
   * @example spark.range(1n, 9n, { step: 4n, numPartitions: 2 }) // => [{ id: 1n }, { id: 5n }]
   */
  range(end: bigint): DataFrame<typeof RangeRow>
  range(start: bigint, end: bigint, options?: RangeOptions): DataFrame<typeof RangeRow>
  range(
    first: bigint,
    second?: bigint,
    { step = 1n, numPartitions }: RangeOptions = {},
  ): DataFrame<typeof RangeRow> {
    const [start, end] = second === undefined ? [0n, first] : [first, second]
    const parts = { start, end, step, ...(numPartitions !== undefined && { numPartitions }) }
    return new DataFrame(range(parts), this.#executor)
  }

  /**
   * A query in Spark SQL, run when its frame is. `args` are its parameters: by name for `:name`, a list for `?`; a
   * value is a constant that no text can break out of, or a column such as `array(lit(1))` on servers since 4.0.
   * Without `schema` the compiler takes your word for the columns; with it the server casts to them, and refuses what
   * does not fit.
   * @example spark.sql('select :x * 2 as y', { x: 21 }) // => [{ y: 42 }]
   * @example spark.sql('select ? as name', ["O'Hara"]) // => [{ name: "O'Hara" }]
   * @example spark.sql('select 1 as n', {}, { schema: schema({ n: t.long }) }) // => [{ n: 1n }]
   */
  sql<S extends Schema = Schema>(
    query: string,
    args: SqlArguments = {},
    { schema: columns }: { readonly schema?: S } = {},
  ): DataFrame<S> {
    const relation = sqlQuery(query, parametersOf(args))
    const typed = columns ? toSchema(relation, toProtoType(t.struct(columns))) : relation
    return new DataFrame(typed, this.#executor)
  }

  /**
   * The rows of a table or view. The compiler takes your word for the columns.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND as soon as it is asked for rows or its schema.
   * @example await spark.sql("create or replace temp view seen as select 1 as n").collect().then(() => spark.table('seen').collect()) // => [{ n: 1 }]
   */
  table<S extends Schema = Schema>(tableName: string): DataFrame<S> {
    return new DataFrame(readTable(tableName), this.#executor)
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

  /**
   * What the server knows by name: databases, tables, views, functions.
   * @example await spark.catalog.currentDatabase() // => 'default'
   */
  get catalog(): Catalog {
    return this.#catalog
  }

  /**
   * Reads frames whose rows keep coming.
   * @example await spark.readStream.format('rate').load().schema().then((columns) => Object.keys(columns)) // => ['timestamp', 'value']
   */
  get readStream(): DataStreamReader<Schema> {
    return new DataStreamReader(this.#executor)
  }

  /**
   * The streaming queries of this session.
   * @example await spark.streams.active() // => []
   */
  get streams(): StreamingQueryManager {
    return new StreamingQueryManager(this.#executor, this.#listeners)
  }

  /**
   * The id under which the server knows the session.
   * @example spark.sessionId.length // => 36
   */
  get sessionId(): string {
    return this.#client.sessionId
  }

  /**
   * The server's version, such as `4.1.2`. Asked once.
   * @example await spark.version() // such as 4.1.2
   */
  version(): Promise<string> {
    return this.#serverVersion.text()
  }

  /**
   * Sends one local file to the session; see `addArtifacts`.
   * @example await spark.addArtifact({ path: `${folder}/words.txt`, kind: 'files' }) // => undefined
   */
  addArtifact(artifact: Artifact, options: ActionOptions = {}): Promise<void> {
    return this.addArtifacts([artifact], options)
  }

  /**
   * Sends local files to the session: `jars` join its class path, `archives` are unpacked, `files` are stored.
   * @throws SparkConnectError DATA_LOSS if the server received other bytes than were sent.
   * @example await spark.addArtifacts([{ path: `${folder}/words.txt`, kind: 'files' }]) // => undefined
   */
  addArtifacts(artifacts: readonly Artifact[], { signal }: ActionOptions = {}): Promise<void> {
    return this.#client.addArtifacts(artifacts.map(namedFile), signal)
  }

  /**
   * Copies a local file to the cluster's file system, at an absolute path without a scheme.
   * @throws SparkConnectError INVALID_ARGUMENT for another path; UNSUPPORTED_OPERATION where that file system is the
   * server's own disk, unless `spark.sql.artifact.copyFromLocalToFs.allowDestLocal` is set.
   * @example await spark.conf.set('spark.sql.artifact.copyFromLocalToFs.allowDestLocal', true).then(() => spark.copyFromLocalToFs(`${folder}/words.txt`, `${folder}/copied.txt`)) // => undefined
   */
  async copyFromLocalToFs(
    localPath: string,
    destPath: string,
    { signal }: ActionOptions = {},
  ): Promise<void> {
    if (!destPath.startsWith('/')) {
      throw new SparkConnectError(
        `${destPath} must be an absolute path without a scheme, such as /data/in.csv`,
        {
          code: 'INVALID_ARGUMENT',
        },
      )
    }
    await this.#client.addArtifacts([forwardedFile(localPath, destPath)], signal)
  }

  /**
   * A new session that begins with this one's settings, views and artifacts; from then on they go apart. Needs Spark 4.1.
   * @param newSessionId a UUID; a random one unless given.
   * @throws SparkConnectError UNIMPLEMENTED on an older server.
   * @example await spark.cloneSession().then((twin) => twin.stop(), ({ code }) => code) // undefined, or why there is none
   */
  async cloneSession(newSessionId?: string): Promise<SparkSession> {
    await this.#serverVersion.require('4.1', 'SparkSession.cloneSession')
    return new SparkSession(await this.#client.clone(newSessionId))
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
   * Ends the session on the server, which interrupts what runs in it, and the connection; never fails, and may be
   * called again. With `releaseSessionOnClose` false it ends the connection alone. A server that cannot be told, such as any before 4.0, forgets the session after an idle hour.
   * @example await SparkSession.builder().remote(remote).getOrCreate().then((other) => other.stop()) // => undefined
   */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#listeners.close()
    if (this.releaseSessionOnClose) await this.#client.close().catch(() => undefined)
    else this.#client.disconnect()
  }

  /**
   * Whether `stop` was called.
   * @example await Promise.resolve(spark.isStopped) // => false
   */
  get isStopped(): boolean {
    return this.#isStopped
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

const parametersOf = (args: SqlArguments): SqlParameters =>
  Array.isArray(args)
    ? (args as readonly ColumnOrLiteral[]).map((value) => expressionOf(value))
    : Object.fromEntries(Object.entries(args).map(([name, value]) => [name, expressionOf(value)]))
