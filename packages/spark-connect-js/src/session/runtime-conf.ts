import type { SparkConnectClient } from '../wire/client.ts'

/** The session's configuration on the server. */
export class RuntimeConf {
  readonly #client: SparkConnectClient

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  /** @throws SparkConnectError for a key that cannot change while the server runs. */
  async set(key: string, value: string): Promise<void> {
    await this.setAll({ [key]: value })
  }

  async setAll(entries: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(entries).map(([key, value]) => ({ key, value }))
    if (pairs.length > 0) await this.#client.config({ case: 'set', value: { pairs } })
  }

  /** The value, or `fallback` where the key is unset. @throws SparkConnectError without either. */
  async get(key: string, fallback?: string): Promise<string | undefined> {
    const { pairs } = await this.#client.config(
      fallback === undefined
        ? { case: 'get', value: { keys: [key] } }
        : { case: 'getWithDefault', value: { pairs: [{ key, value: fallback }] } },
    )
    return pairs[0]?.value
  }

  async unset(key: string): Promise<void> {
    await this.#client.config({ case: 'unset', value: { keys: [key] } })
  }
}
