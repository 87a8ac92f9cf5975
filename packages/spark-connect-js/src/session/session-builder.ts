import type { HeadersHook, TlsOptions } from '../wire/channel-options.ts'
import { SparkConnectClient, type ClientOptions } from '../wire/client.ts'
import { parseConnectionString } from '../wire/connection-string.ts'
import { SparkConnectError } from '../wire/error.ts'
import type { RetryPolicy } from '../wire/retry-policy.ts'
import type { SparkSession } from './spark-session.ts'

interface SessionSettings extends Omit<ClientOptions, 'endpoint'> {
  readonly remote?: string
  readonly config: Readonly<Record<string, string>>
}

/** Collects what a session needs. Immutable: each setting gives a new builder. */
export class SparkSessionBuilder {
  readonly #settings: SessionSettings
  readonly #open: (client: SparkConnectClient) => SparkSession

  constructor(settings: SessionSettings, open: (client: SparkConnectClient) => SparkSession) {
    this.#settings = settings
    this.#open = open
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
   * Once a call has given up, those after it try once, until one succeeds.
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
      const session = this.#open(client)
      await session.conf.setAll(config)
      return session
    } catch (error) {
      client.disconnect()
      throw SparkConnectError.from(error)
    }
  }

  #with(settings: Partial<SessionSettings>): SparkSessionBuilder {
    return new SparkSessionBuilder({ ...this.#settings, ...settings }, this.#open)
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
