import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AnalyzePlanRequestSchema,
  ConfigRequestSchema,
  ExecutePlanRequestSchema,
  InterruptRequest_InterruptType,
  InterruptRequestSchema,
  ReleaseSessionRequestSchema,
  type AnalyzePlanResponse,
  type ConfigResponse,
  type ExecutePlanResponse,
} from '../generated/spark/connect/base_pb.js'
import type { PlanNode } from '../plan/command.ts'
import { artifactRequests, type Artifact } from './artifacts.ts'
import { Channel } from './channel.ts'
import type { Endpoint } from './connection-string.ts'
import { SparkConnectError } from './error.ts'

const CLIENT_TYPE = 'spark-connect-js'

type Analysis = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>
type ConfigOperation = NonNullable<
  NonNullable<MessageInitShape<typeof ConfigRequestSchema>['operation']>['opType']
>

/** One session's calls to its server. */
export class SparkConnectClient {
  readonly sessionId: string
  readonly #channel: Channel
  readonly #userId: string

  constructor(endpoint: Endpoint) {
    this.sessionId = endpoint.sessionId ?? crypto.randomUUID()
    this.#userId = endpoint.userId ?? CLIENT_TYPE
    this.#channel = new Channel(endpoint)
  }

  ready(): Promise<void> {
    return this.#channel.ready()
  }

  /**
   * Runs a plan. Leaving the loop early, or aborting, interrupts the operation on the server.
   * @throws SparkConnectError
   */
  async *execute(plan: PlanNode, signal?: AbortSignal): AsyncGenerator<ExecutePlanResponse> {
    signal?.throwIfAborted()
    const operationId = crypto.randomUUID()
    const request = create(ExecutePlanRequestSchema, { ...this.#common(), plan, operationId })
    const stream = this.#channel.serverStream('executePlan', request)
    const interrupt = () => {
      void this.interrupt(operationId).catch(() => undefined)
      stream.destroy(new DOMException('interrupted', 'AbortError'))
    }
    signal?.addEventListener('abort', interrupt, { once: true })
    let isFinished = false
    try {
      for await (const response of stream as AsyncIterable<ExecutePlanResponse>) yield response
      isFinished = true
    } catch (error) {
      isFinished = true
      throw SparkConnectError.from(signal?.aborted ? new DOMException('interrupted', 'AbortError') : error)
    } finally {
      signal?.removeEventListener('abort', interrupt)
      if (!isFinished) interrupt()
    }
  }

  analyze(analyze: Analysis, signal?: AbortSignal): Promise<AnalyzePlanResponse> {
    return this.#channel.unary(
      'analyzePlan',
      create(AnalyzePlanRequestSchema, { ...this.#common(), analyze }),
      signal,
    )
  }

  config(opType: ConfigOperation): Promise<ConfigResponse> {
    return this.#channel.unary(
      'config',
      create(ConfigRequestSchema, { ...this.#common(), operation: { opType } }),
    )
  }

  /** @throws SparkConnectError DATA_LOSS if the server received other bytes than were sent. */
  async addArtifacts(artifacts: readonly Artifact[], signal?: AbortSignal): Promise<void> {
    const requests = artifactRequests(artifacts, this.#common())
    const { artifacts: summaries } = await this.#channel.clientStream('addArtifacts', requests, signal)
    const damaged = summaries.find((summary) => !summary.isCrcSuccessful)
    if (damaged) {
      throw new SparkConnectError(`artifact ${damaged.name} was damaged on its way to the server`, {
        code: 'DATA_LOSS',
      })
    }
  }

  /** Stops one operation, or without an id every operation of the session. */
  async interrupt(operationId?: string): Promise<readonly string[]> {
    const { ALL, OPERATION_ID } = InterruptRequest_InterruptType
    const response = await this.#channel.unary(
      'interrupt',
      create(InterruptRequestSchema, {
        ...this.#common(),
        interruptType: operationId === undefined ? ALL : OPERATION_ID,
        ...(operationId !== undefined && { interrupt: { case: 'operationId', value: operationId } }),
      }),
    )
    return response.interruptedIds
  }

  /** Ends the session on the server and the connection to it. */
  async close(): Promise<void> {
    try {
      await this.#channel.unary('releaseSession', create(ReleaseSessionRequestSchema, this.#common()))
    } finally {
      this.#channel.close()
    }
  }

  /** Drops the connection without a word to the server. */
  disconnect(): void {
    this.#channel.close()
  }

  #common() {
    return { sessionId: this.sessionId, userContext: { userId: this.#userId }, clientType: CLIENT_TYPE }
  }
}
