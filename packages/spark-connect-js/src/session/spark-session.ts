import { DataFrame } from '../frame/data-frame.ts'
import type { ActionOptions } from '../frame/executor.ts'
import { DataFrameReader } from '../frame/reader.ts'
import { range, sqlQuery } from '../plan/relation.ts'
import { schema, t, type Schema } from '../types/data-type.ts'
import type { Artifact } from '../wire/artifacts.ts'
import { SparkConnectClient } from '../wire/client.ts'
import type { Row } from '../types/value.ts'
import { parseConnectionString } from '../wire/connection-string.ts'
import { SparkConnectError } from '../wire/error.ts'
import { RuntimeConf } from './runtime-conf.ts'
import { SessionExecutor } from './session-executor.ts'

const RangeRow = schema({ id: t.long })

interface SessionSettings {
  readonly remote?: string
  readonly config: Readonly<Record<string, string>>
}

/** Collects what a session needs. Immutable: each setting gives a new builder. */
class SparkSessionBuilder {
  readonly #settings: SessionSettings

  constructor(settings: SessionSettings) {
    this.#settings = settings
  }

  /** The server's address: `sc://host:port/;token=...`. */
  remote(remote: string): SparkSessionBuilder {
    return new SparkSessionBuilder({ ...this.#settings, remote })
  }

  config(key: string, value: string): SparkSessionBuilder {
    return new SparkSessionBuilder({ ...this.#settings, config: { ...this.#settings.config, [key]: value } })
  }

  /** @throws SparkConnectError INVALID_ARGUMENT for a bad address, UNAVAILABLE if no server answers. */
  async getOrCreate(): Promise<SparkSession> {
    const { remote, config } = this.#settings
    if (remote === undefined) {
      throw new SparkConnectError('no server is named: call remote("sc://host:port") first', {
        code: 'INVALID_ARGUMENT',
      })
    }
    const client = openClient(remote)
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
}

const openClient = (remote: string): SparkConnectClient => {
  try {
    return new SparkConnectClient(parseConnectionString(remote))
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

  constructor(client: SparkConnectClient) {
    this.#client = client
    this.#executor = new SessionExecutor(client)
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
   * The server's version, such as `4.1.2`.
   * @example (await spark.version()).split('.').length // => 3
   */
  async version(): Promise<string> {
    const { result } = await this.#client.analyze({ case: 'sparkVersion', value: {} })
    return result.case === 'sparkVersion' ? result.value.version : ''
  }

  /**
   * Sends local files to the session: `jars` join its class path.
   * @example await spark.addArtifacts([{ path: `${folder}/words.txt`, kind: 'files' }])
   */
  addArtifacts(artifacts: readonly Artifact[], { signal }: ActionOptions = {}): Promise<void> {
    return this.#client.addArtifacts(artifacts, signal)
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
   * Interrupts every running operation of the session.
   * @example await spark.interruptAll() // => []
   */
  interruptAll(): Promise<readonly string[]> {
    return this.#client.interrupt()
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
