import type { SparkConnectClient } from '../wire/client.ts'

/** A setting's value; the server keeps it as text. */
export type ConfValue = string | number | bigint | boolean

/** The session's configuration on the server. */
export class RuntimeConf {
  readonly #client: SparkConnectClient

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  /**
   * Changes a setting of this session.
   * @throws SparkConnectError CANNOT_MODIFY_CONFIG for a key that cannot change while the server runs.
   * @example await spark.conf.set('spark.sql.shuffle.partitions', 8) // => undefined
   */
  async set(key: string, value: ConfValue): Promise<void> {
    await this.setAll({ [key]: value })
  }

  /**
   * Changes several settings at once.
   * @throws SparkConnectError CANNOT_MODIFY_CONFIG for a key that cannot change while the server runs.
   * @example await spark.conf.setAll({ 'spark.sql.ansi.enabled': true, 'spark.sql.session.timeZone': 'UTC' }) // => undefined
   */
  async setAll(entries: Readonly<Record<string, ConfValue>>): Promise<void> {
    const pairs = Object.entries(entries).map(([key, value]) => ({ key, value: String(value) }))
    if (pairs.length > 0) await this.#client.config({ case: 'set', value: { pairs } })
  }

  /**
   * A setting's value: what was set, else `fallback`, else Spark's default.
   * @throws SparkConnectError SQL_CONF_NOT_FOUND for a key that Spark does not know, without a fallback.
   * @example await spark.conf.get('no.such.key', 'fallback') // => 'fallback'
   */
  get(key: string): Promise<string>
  get<F extends string | null>(key: string, fallback: F): Promise<string | F>
  async get(key: string, fallback?: string | null): Promise<string | null> {
    const { pairs } = await this.#client.config(
      fallback === undefined
        ? { case: 'get', value: { keys: [key] } }
        : {
            case: 'getWithDefault',
            value: { pairs: [{ key, ...(fallback !== null && { value: fallback }) }] },
          },
    )
    return pairs[0]?.value ?? null
  }

  /**
   * Everything that was set, by the server's operator or by this session; not Spark's defaults.
   * @example (await spark.conf.getAll())['no.such.key'] // => undefined
   */
  async getAll(): Promise<Readonly<Record<string, string>>> {
    const { pairs } = await this.#client.config({ case: 'getAll', value: {} })
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? '']))
  }

  /**
   * Whether a session may change a setting; false for a key that Spark does not know.
   * @example await spark.conf.isModifiable('spark.sql.shuffle.partitions') // => true
   */
  async isModifiable(key: string): Promise<boolean> {
    const { pairs } = await this.#client.config({ case: 'isModifiable', value: { keys: [key] } })
    return pairs[0]?.value === 'true'
  }

  /**
   * Takes back what this session set.
   * @throws SparkConnectError CANNOT_MODIFY_CONFIG for a key that cannot change while the server runs.
   * @example await spark.conf.unset('spark.sql.shuffle.partitions') // => undefined
   */
  async unset(key: string): Promise<void> {
    await this.#client.config({ case: 'unset', value: { keys: [key] } })
  }
}
