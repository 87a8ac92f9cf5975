import { createHash } from 'node:crypto'
import { encodeRows } from '../arrow/encode.ts'
import { cachedLocalRelation, localRelation, localRelationBytes } from '../plan/local-relation.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import { schemaJson } from '../types/json-schema.ts'
import type { SparkConnectClient } from '../wire/client.ts'
import { SparkConnectError } from '../wire/error.ts'

/**
 * Rows of fewer bytes travel in the plan itself, each time that it is sent. The default of
 * `spark.sql.session.localRelationCacheThreshold` since 4.1: advice to clients, which no server enforces.
 */
const INLINE_BYTES = 1024 * 1024
/** The server parses what it cached as one protobuf message. */
const CACHED_BYTES = 2 ** 31 - 1

type AnyRow = Readonly<Record<string, unknown>>

/** The rows that a session's frames were made of, until the server has them. */
export class LocalData {
  readonly #client: SparkConnectClient
  readonly #waiting = new Map<string, Uint8Array>()
  readonly #sent = new Set<string>()
  #sending: Promise<void> | undefined

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  /** @throws SparkConnectError INVALID_ARGUMENT for a value that does not fit, and for more bytes than a server takes. */
  relation(rows: Iterable<AnyRow>, columns: Schema): RelationNode {
    const schema = schemaJson(columns)
    const data = encoded(rows, columns)
    if (data === undefined) return localRelation({ schema })
    if (data.length < INLINE_BYTES) return localRelation({ data, schema })
    if (data.length + schema.length > CACHED_BYTES) {
      throw new SparkConnectError(
        `the rows are ${data.length} bytes, and a server takes 2 GiB at once: write them to files and read those`,
        { code: 'INVALID_ARGUMENT' },
      )
    }
    return cachedLocalRelation(this.#keep(localRelationBytes({ data, schema })))
  }

  /** Sends what waits; every plan does so first. @throws SparkConnectError */
  async send(): Promise<void> {
    while (this.#waiting.size > 0) {
      this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined))
      await this.#sending
    }
  }

  #keep(bytes: Uint8Array): string {
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (!this.#sent.has(hash)) this.#waiting.set(hash, bytes)
    return hash
  }

  async #sendAll(): Promise<void> {
    const waiting = [...this.#waiting]
    await this.#client.addArtifacts(
      waiting.map(([hash, bytes]) => ({ name: `cache/${hash}`, content: { bytes } })),
    )
    for (const [hash] of waiting) {
      this.#waiting.delete(hash)
      this.#sent.add(hash)
    }
  }
}

/** Undefined for no rows: the schema says all about them. */
const encoded = (rows: Iterable<AnyRow>, columns: Schema): Uint8Array | undefined => {
  try {
    const { ipc, rowCount } = encodeRows(rows, columns)
    if (rowCount > 0 && Object.keys(columns).length === 0)
      throw new TypeError('rows need a column to be counted by')
    return rowCount === 0 ? undefined : ipc
  } catch (cause) {
    throw cause instanceof TypeError
      ? new SparkConnectError(cause.message, { code: 'INVALID_ARGUMENT', cause })
      : cause
  }
}
