import {
  AnalyzePlanRequestSchema,
  PlanSchema,
  type AnalyzePlanRequest,
} from '../generated/spark/connect/base_pb.js'
import type { PlanNode } from '../plan/command.ts'
import { withPlainCasts } from '../plan/plain-casts.ts'
import { NEWEST, OLDEST, type Release } from '../plan/version-table.ts'
import { firstNeed, has } from '../plan/versions.ts'
import type { SparkConnectClient } from '../wire/client.ts'
import { SparkConnectError } from '../wire/error.ts'

/** Keeps back what the server would skip or misread because it is older than what is asked of it. */
export class ServerVersion {
  readonly #client: SparkConnectClient
  #asked: Promise<string> | undefined
  #known: string | undefined

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  /** The version as the server tells it; asked once. @throws SparkConnectError */
  text(): Promise<string> {
    return (this.#asked ??= this.#ask().catch((cause: unknown) => {
      this.#asked = undefined
      throw SparkConnectError.from(cause)
    }))
  }

  /** @throws SparkConnectError UNIMPLEMENTED naming the version needed. */
  async require(release: Release, what: string): Promise<void> {
    const version = await this.text()
    if (!has(version, release)) throw tooOld(version, release, what)
  }

  /**
   * Lets a plan pass if the server has all that it asks for, or the same in other words. The server is asked for its
   * version once some plan needs more than the oldest one has; a server that has everything is never doubted again.
   * @throws SparkConnectError UNIMPLEMENTED naming the version needed.
   */
  async fit<M extends PlanNode | AnalyzePlanRequest>(outgoing: M): Promise<M> {
    if (this.#known !== undefined && has(this.#known, NEWEST)) return outgoing
    const desc = outgoing.$typeName === PlanSchema.typeName ? PlanSchema : AnalyzePlanRequestSchema
    if (!firstNeed(outgoing, desc, this.#known ?? OLDEST)) return outgoing
    const version = await this.text()
    const fitted = has(version, '4.0') ? outgoing : withPlainCasts(outgoing)
    const need = firstNeed(fitted, desc, version)
    if (need) throw tooOld(version, need.since, need.what)
    return fitted
  }

  async #ask(): Promise<string> {
    const { result } = await this.#client.analyze({ case: 'sparkVersion', value: {} })
    this.#known = result.case === 'sparkVersion' ? result.value.version : ''
    return this.#known
  }
}

const tooOld = (version: string, release: Release, what: string): SparkConnectError =>
  new SparkConnectError(`${what} needs Spark ${release} or later; the server runs ${version}`, {
    code: 'UNIMPLEMENTED',
  })
