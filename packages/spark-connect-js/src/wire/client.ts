import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AnalyzePlanRequestSchema,
  CloneSessionRequestSchema,
  ConfigRequestSchema,
  ExecutePlanRequestSchema,
  FetchErrorDetailsRequestSchema,
  InterruptRequest_InterruptType,
  InterruptRequestSchema,
  ReattachExecuteRequestSchema,
  ReleaseExecuteRequestSchema,
  ReleaseSessionRequestSchema,
  type AnalyzePlanRequest,
  type AnalyzePlanResponse,
  type ConfigResponse,
  type ExecutePlanResponse,
  type InterruptRequest,
  type InterruptResponse,
} from '../generated/spark/connect/base_pb.js'
import type { PlanNode } from '../plan/command.ts'
import { artifactRequests, type NamedContent } from './artifacts.ts'
import type { Security } from './channel-options.ts'
import { Channel, type Input, type Method, type Output } from './channel.ts'
import type { Endpoint } from './connection-string.ts'
import { withErrorDetails } from './error-details.ts'
import { SparkConnectError } from './error.ts'
import { Execution, type OperationCalls } from './execution.ts'
import { BRIEF_RETRY_POLICY, DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts'
import { Patience, retrying } from './retrying.ts'
import { ServerSession } from './server-session.ts'

const CLIENT_TYPE = 'spark-connect-js'

/**
 * Servers since 4.0 report progress every 2 s, and all end a stream after 2 min by themselves
 * (`spark.connect.execute.reattachable.senderMaxStreamDuration`); a stream that was only slow is taken up again.
 */
const DEFAULT_STALL_TIMEOUT_MS = 60_000

/** Nobody waits long for a server to hear that it is not needed any more. */
const FAREWELL_TIMEOUT_MS = 5_000

type Analysis = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>
type ConfigOperation = NonNullable<
  NonNullable<MessageInitShape<typeof ConfigRequestSchema>['operation']>['opType']
>

/** What is done before a plan leaves, or a question about one; gives what is to leave. @throws SparkConnectError to keep it back. */
export type PlanGate = <M extends PlanNode | AnalyzePlanRequest>(outgoing: M) => Promise<M>

export interface ClientOptions extends Security {
  readonly endpoint: Endpoint
  readonly retryPolicy?: Partial<RetryPolicy> | undefined
  readonly stallTimeoutMs?: number | undefined
}

export interface ExecuteOptions {
  /** Made by the caller, so that it can be interrupted before the server has answered. */
  readonly operationId: string
  readonly tags: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/** Which of a session's running operations to stop. */
export type InterruptTarget =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'operation'; readonly operationId: string }

/** One session's calls to its server, each made again while its failure may pass. */
export class SparkConnectClient {
  readonly sessionId: string
  readonly #channel: Channel
  readonly #userId: string
  readonly #options: ClientOptions
  readonly #serverSession: ServerSession
  readonly #policy: RetryPolicy
  readonly #stallTimeoutMs: number

  #gate: PlanGate | undefined
  #isGivenUp = false

  /** @throws SparkConnectError INVALID_ARGUMENT */
  constructor(options: ClientOptions) {
    const { endpoint, retryPolicy, stallTimeoutMs, ...security } = options
    this.#options = options
    this.sessionId = endpoint.sessionId ?? crypto.randomUUID()
    this.#userId = endpoint.userId ?? CLIENT_TYPE
    this.#channel = new Channel(endpoint, security)
    this.#serverSession = new ServerSession(this.sessionId)
    this.#policy = { ...DEFAULT_RETRY_POLICY, ...retryPolicy }
    this.#stallTimeoutMs = stallTimeoutMs ?? DEFAULT_STALL_TIMEOUT_MS
  }

  /** Every plan passes it from now on. */
  guard(gate: PlanGate): void {
    this.#gate = gate
  }

  ready(): Promise<void> {
    return this.#channel.ready()
  }

  /**
   * Runs a plan. Leaving the loop early, or aborting, interrupts the operation on the server.
   * @throws SparkConnectError
   */
  async *execute(plan: PlanNode, options: ExecuteOptions): AsyncGenerator<ExecutePlanResponse> {
    const { operationId, signal } = options
    signal?.throwIfAborted()
    const outgoing = (await this.#gate?.(plan)) ?? plan
    const execution = new Execution({
      calls: this.#operationCalls(outgoing, options),
      patience: new Patience({ policy: this.#patience, signal }),
      stallTimeoutMs: this.#stallTimeoutMs,
      canRefreshHeaders: this.#channel.canRefreshHeaders,
      signal,
    })
    const interrupt = () => void this.#interruptBriefly(operationId)
    signal?.addEventListener('abort', interrupt, { once: true })
    let isOver = false
    try {
      yield* execution
      isOver = true
      this.#isGivenUp = false
    } catch (error) {
      isOver = true
      throw await this.#explained(error)
    } finally {
      signal?.removeEventListener('abort', interrupt)
      if (!isOver) interrupt()
    }
  }

  async analyze(analyze: Analysis, signal?: AbortSignal): Promise<AnalyzePlanResponse> {
    const request = (question: Analysis) =>
      create(AnalyzePlanRequestSchema, { ...this.#common(), analyze: question })
    // The gate itself asks for the version.
    const gate = analyze.case === 'sparkVersion' ? undefined : this.#gate
    const outgoing = (await gate?.(request(analyze)))?.analyze ?? analyze
    return this.#retrying(() => this.#channel.unary('analyzePlan', request(outgoing), { signal }), signal)
  }

  config(opType: ConfigOperation): Promise<ConfigResponse> {
    return this.#retrying(() =>
      this.#quick('config', create(ConfigRequestSchema, { ...this.#common(), operation: { opType } })),
    )
  }

  /** Sends files, all of them again if the connection breaks. @throws SparkConnectError DATA_LOSS if the server received other bytes than were sent. */
  async addArtifacts(artifacts: readonly NamedContent[], signal?: AbortSignal): Promise<void> {
    const requests = () => artifactRequests(artifacts, this.#common())
    const { artifacts: summaries } = await this.#retrying(
      () => this.#channel.clientStream('addArtifacts', requests, { signal }),
      signal,
    )
    const damaged = summaries.find((summary) => !summary.isCrcSuccessful)
    if (damaged) {
      throw new SparkConnectError(`artifact ${damaged.name} was damaged on its way to the server`, {
        code: 'DATA_LOSS',
      })
    }
  }

  /** Stops running operations, and gives their ids. @throws SparkConnectError */
  async interrupt(target: InterruptTarget): Promise<readonly string[]> {
    return (await this.#retrying(() => this.#interrupt(target))).interruptedIds
  }

  /** A client of a new session that begins with everything this one has: settings, views, artifacts. */
  async clone(newSessionId: string = crypto.randomUUID()): Promise<SparkConnectClient> {
    const request = create(CloneSessionRequestSchema, { ...this.#common(), newSessionId })
    const response = await this.#retrying(() => this.#quick('cloneSession', request))
    const endpoint = { ...this.#options.endpoint, sessionId: response.newSessionId }
    return new SparkConnectClient({ ...this.#options, endpoint })
  }

  /** Ends the session on the server and the connection to it. */
  async close(): Promise<void> {
    const request = create(ReleaseSessionRequestSchema, this.#identity())
    const policy = { ...this.#policy, maxRetries: Math.min(1, this.#policy.maxRetries) }
    try {
      await retrying(() => this.#quick('releaseSession', request, FAREWELL_TIMEOUT_MS), { policy })
    } finally {
      this.#channel.close()
    }
  }

  /** Drops the connection without a word to the server. */
  disconnect(): void {
    this.#channel.close()
  }

  #operationCalls(plan: PlanNode, { operationId, tags }: ExecuteOptions): OperationCalls {
    const channel = this.#channel
    const common = () => ({ ...this.#common(), operationId })
    return {
      start: () =>
        channel.serverStream(
          'executePlan',
          create(ExecutePlanRequestSchema, {
            ...common(),
            plan,
            tags: [...tags],
            requestOptions: REQUEST_OPTIONS,
          }),
        ),
      reattach: (lastResponseId) =>
        channel.serverStream(
          'reattachExecute',
          create(ReattachExecuteRequestSchema, {
            ...common(),
            ...(lastResponseId !== undefined && { lastResponseId }),
          }),
        ),
      release: (responseId) =>
        this.#release(
          create(ReleaseExecuteRequestSchema, {
            ...common(),
            release:
              responseId === undefined
                ? { case: 'releaseAll', value: {} }
                : { case: 'releaseUntil', value: { responseId } },
          }),
        ),
      reconnect: () => channel.reconnect(),
      checked: (response) => this.#serverSession.checked(response),
    }
  }

  #release(request: MessageInitShape<typeof ReleaseExecuteRequestSchema>): Promise<unknown> {
    const message = create(ReleaseExecuteRequestSchema, request)
    return retrying(() => this.#quick('releaseExecute', message), {
      policy: BRIEF_RETRY_POLICY,
      isBackground: true,
    })
  }

  #interrupt(target: InterruptTarget): Promise<InterruptResponse> {
    const request = create(InterruptRequestSchema, { ...this.#common(), ...interruptFields(target) })
    return this.#quick('interrupt', request)
  }

  async #interruptBriefly(operationId: string): Promise<void> {
    const call = () => this.#interrupt({ kind: 'operation', operationId })
    await retrying(call, { policy: BRIEF_RETRY_POLICY, isBackground: true }).catch(() => undefined)
  }

  /** A call that a living server answers at once; silence means that the connection is dead. */
  async #quick<M extends Method>(
    method: M,
    request: Input<M>,
    timeoutMs = this.#stallTimeoutMs,
  ): Promise<Output<M>> {
    try {
      return await this.#channel.unary(method, request, { timeoutMs })
    } catch (cause) {
      const error = SparkConnectError.from(cause)
      if (error.code !== 'DEADLINE_EXCEEDED') throw error
      this.#channel.reconnect()
      throw error.with({ code: 'UNAVAILABLE' })
    }
  }

  async #retrying<A extends object>(call: () => Promise<A>, signal?: AbortSignal): Promise<A> {
    try {
      const answer = await retrying(call, { policy: this.#patience, signal })
      this.#isGivenUp = false
      return this.#serverSession.checked(answer)
    } catch (error) {
      throw await this.#explained(signal?.aborted ? new DOMException('interrupted', 'AbortError') : error)
    }
  }

  /** A server that one call waited for in vain is not waited for by the next, such as those that clear away. */
  get #patience(): RetryPolicy {
    return this.#isGivenUp ? { ...this.#policy, maxRetries: 0 } : this.#policy
  }

  /** The error with all that the server has to say about it. */
  async #explained(cause: unknown): Promise<SparkConnectError> {
    const error = this.#serverSession.explained(SparkConnectError.from(cause))
    if (error.isTransient) this.#giveUp()
    if (error.errorId === undefined) return error
    const request = create(FetchErrorDetailsRequestSchema, { ...this.#common(), errorId: error.errorId })
    try {
      return withErrorDetails(error, await this.#quick('fetchErrorDetails', request))
    } catch {
      return error // the short form is all there is
    }
  }

  /** The connection is left, as it would make the next call wait for its own time to try again. */
  #giveUp(): void {
    this.#isGivenUp = true
    this.#channel.reconnect()
  }

  #identity() {
    return { sessionId: this.sessionId, userContext: { userId: this.#userId }, clientType: CLIENT_TYPE }
  }

  #common() {
    return { ...this.#identity(), ...this.#serverSession.requestFields }
  }
}

const REQUEST_OPTIONS: NonNullable<MessageInitShape<typeof ExecutePlanRequestSchema>['requestOptions']> = [
  { requestOption: { case: 'reattachOptions', value: { reattachable: true } } },
  // Batches that exceed a message come in pieces; servers before 4.1 do not know this option.
  { requestOption: { case: 'resultChunkingOptions', value: { allowArrowBatchChunking: true } } },
]

const interruptFields = (target: InterruptTarget): Pick<InterruptRequest, 'interruptType' | 'interrupt'> => {
  const { ALL, TAG, OPERATION_ID } = InterruptRequest_InterruptType
  if (target.kind === 'all') return { interruptType: ALL, interrupt: { case: undefined } }
  return target.kind === 'tag'
    ? { interruptType: TAG, interrupt: { case: 'operationTag', value: target.tag } }
    : { interruptType: OPERATION_ID, interrupt: { case: 'operationId', value: target.operationId } }
}
