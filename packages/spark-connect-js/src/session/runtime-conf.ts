import type { SparkConnectClient } from '../wire/client.ts'

/** The session's configuration on the server. */
export class RuntimeConf {
  readonly #client: SparkConnectClient

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  /**
   * @throws SparkConnectError for a key that cannot change while the server runs.
   * @example await spark.conf.set('spark.sql.shuffle.partitions', '1')
   */
  async set(key: string, value: string): Promise<void> {
    await this.setAll({ [key]: value })
  }

  /**
   * Sets several keys at once.
   * @example await spark.conf.setAll({ 'spark.sql.shuffle.partitions': '1' })
   */
  async setAll(entries: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(entries).map(([key, value]) => ({ key, value }))
    if (pairs.length > 0) await this.#client.config({ case: 'set', value: { pairs } })
  }

  /**
   * The value, or `fallback` where the key is unset. @throws SparkConnectError without either.
   * @example await spark.conf.get('no.such.key', 'fallback') // => 'fallback'
   */
  async get(key: string, fallback?: string): Promise<string | undefined> {
    const { pairs } = await this.#client.config(
      fallback === undefined
        ? { case: 'get', value: { keys: [key] } }
        : { case: 'getWithDefault', value: { pairs: [{ key, value: fallback }] } },
    )
    return pairs[0]?.value
  }

  /**
   * Back to the default of the server.
   * @example await spark.conf.unset('no.such.key')
   */
  async unset(key: string): Promise<void> {
    await this.#client.config({ case: 'unset', value: { keys: [key] } })
  }
}
