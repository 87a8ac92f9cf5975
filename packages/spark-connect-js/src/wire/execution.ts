import type { ExecutePlanResponse } from '../generated/spark/connect/base_pb.js'
import { SparkConnectError } from './error.ts'
import type { MessageStream } from './message-stream.ts'
import { Releaser, type Release } from './release.ts'
import type { Patience } from './retrying.ts'

type Responses = MessageStream<ExecutePlanResponse>

/** The calls that one operation is made of; the client fills in the session and the operation's id. */
export interface OperationCalls {
  start(): Promise<Responses>
  reattach(lastResponseId: string | undefined): Promise<Responses>
  readonly release: Release
  /** Leaves the connection for a new one. */
  reconnect(): void
  /** @throws SparkConnectError if the response is not of this session. */
  checked(response: ExecutePlanResponse): ExecutePlanResponse
}

export interface ExecutionOptions {
  readonly calls: OperationCalls
  readonly patience: Patience
  /** How long a stream may be silent before its connection counts as dead. */
  readonly stallTimeoutMs: number
  readonly canRefreshHeaders: boolean
  readonly signal?: AbortSignal | undefined
}

/** An empty stream that ends sooner than this is a fault; a server ends silent streams after minutes. */
const SHORTEST_STREAM_MS = 1_000

/**
 * One operation on the server, seen as the sequence of its responses: each once, in order, the last one
 * ResultComplete; or an error. Streams may break or end before, and are then taken up again after the last response
 * (PySpark: `ExecutePlanResponseReattachableIterator`, python/pyspark/sql/connect/client/reattach.py).
 */
export class Execution implements AsyncIterable<ExecutePlanResponse> {
  readonly #options: ExecutionOptions
  readonly #releaser: Releaser
  #stream: Responses | undefined
  #streamOpenedAt = 0
  #hasStartedAgain = false
  #lastResponseId: string | undefined
  /** The next stream is opened by ReattachExecute, not by ExecutePlan. */
  #isToReattach = false
  #mayRefreshHeaders: boolean

  constructor(options: ExecutionOptions) {
    this.#options = options
    this.#releaser = new Releaser(options.calls.release)
    this.#mayRefreshHeaders = options.canRefreshHeaders
  }

  /** @throws SparkConnectError */
  async *[Symbol.asyncIterator](): AsyncGenerator<ExecutePlanResponse> {
    const { signal, calls, patience } = this.#options
    const cancel = () => this.#leaveStream()
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      for (;;) {
        signal?.throwIfAborted()
        const response = await this.#next()
        if (response === undefined) continue
        calls.checked(response)
        this.#lastResponseId = response.responseId
        patience.reset()
        this.#mayRefreshHeaders = this.#options.canRefreshHeaders
        if (response.responseType.case === 'resultComplete') return yield response
        this.#releaser.until(response.responseId)
        yield response
      }
    } catch (error) {
      throw SparkConnectError.from(signal?.aborted ? new DOMException('interrupted', 'AbortError') : error)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#leaveStream()
      this.#releaser.all()
    }
  }

  /** The next response; undefined if a new stream is needed to get it. */
  async #next(): Promise<ExecutePlanResponse | undefined> {
    try {
      this.#stream ??= await this.#open()
      this.#options.signal?.throwIfAborted()
      const response = await this.#unlessStalled(this.#stream.next())
      if (response !== undefined) return response
    } catch (cause) {
      this.#leaveStream()
      await this.#recover(SparkConnectError.from(cause))
      return undefined
    }
    // The server has ended the stream, as it does every two minutes or gigabyte: there is more.
    this.#leaveStream()
    this.#isToReattach = true
    const isFault = performance.now() - this.#streamOpenedAt < SHORTEST_STREAM_MS
    if (isFault) await this.#options.patience.afterFailure(cutShort())
    return undefined
  }

  async #open(): Promise<Responses> {
    const { calls } = this.#options
    this.#streamOpenedAt = performance.now()
    if (this.#isToReattach) return calls.reattach(this.#lastResponseId)
    // Whatever becomes of this call, the server may have received it.
    this.#isToReattach = true
    return calls.start()
  }

  /** Prepares for the next stream, or throws. */
  async #recover(error: SparkConnectError): Promise<void> {
    const { patience, signal } = this.#options
    if (signal?.aborted) throw error
    if (UNKNOWN_OPERATION.has(error.errorClass)) return this.#startAgain(error)
    // An earlier ExecutePlan has come through after all.
    if (error.errorClass === 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS' && this.#hasStartedAgain) return
    if (error.code === 'UNAUTHENTICATED' && this.#mayRefreshHeaders) {
      this.#mayRefreshHeaders = false
      this.#isToReattach = this.#lastResponseId !== undefined
      return
    }
    await patience.afterFailure(error)
  }

  #startAgain(error: SparkConnectError): void {
    if (this.#lastResponseId !== undefined) throw lostAfterResponses(error)
    this.#hasStartedAgain = true
    this.#isToReattach = false
  }

  async #unlessStalled<T>(message: Promise<T>): Promise<T> {
    const { stallTimeoutMs, calls } = this.#options
    const { promise: stalled, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      calls.reconnect()
      reject(silence(stallTimeoutMs))
    }, stallTimeoutMs)
    try {
      return await Promise.race([message, stalled])
    } finally {
      clearTimeout(timer)
    }
  }

  #leaveStream(): void {
    this.#stream?.cancel()
    this.#stream = undefined
  }
}

const UNKNOWN_OPERATION: ReadonlySet<string | undefined> = new Set([
  'INVALID_HANDLE.OPERATION_NOT_FOUND',
  'INVALID_HANDLE.SESSION_NOT_FOUND',
])

const cutShort = () =>
  new SparkConnectError('the server ended the stream of responses before the result was complete', {
    code: 'UNAVAILABLE',
  })

const silence = (ms: number) =>
  new SparkConnectError(`nothing came from the server for ${ms / 1000} s`, { code: 'UNAVAILABLE' })

const lostAfterResponses = (cause: SparkConnectError): SparkConnectError =>
  cause.with({
    message: `the server no longer knows this operation, and only a part of its result has arrived; run it again (${cause.message})`,
    code: 'DATA_LOSS',
    cause,
  })
