import {
  fromBinary,
  toBinary,
  type DescService,
  type DescMessage,
  type MessageShape,
} from '@bufbuild/protobuf'
import { Client, Metadata, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js'
import { SparkConnectService } from '../generated/spark/connect/base_pb.js'
import type { Endpoint } from './connection-string.ts'
import { CHANNEL_OPTIONS, channelCredentials, requestMetadata, type Security } from './channel-options.ts'
import { SparkConnectError } from './error.ts'
import { MessageStream, ReadGate } from './message-stream.ts'

const CONNECT_TIMEOUT_MS = 5_000

export type Method = keyof typeof SparkConnectService.method
export type Input<M extends Method> = MessageShape<(typeof SparkConnectService.method)[M]['input']>
export type Output<M extends Method> = MessageShape<(typeof SparkConnectService.method)[M]['output']>

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** For calls that a living server answers at once. */
  readonly timeoutMs?: number | undefined
}

/** Carries encoded messages to one server and back. Knows gRPC; knows nothing of plans. */
export class Channel {
  readonly #endpoint: Endpoint
  readonly #security: Security
  readonly #credentials: ChannelCredentials
  #client: Client
  #isClosed = false

  /** @throws SparkConnectError INVALID_ARGUMENT for certificates that are none. */
  constructor(endpoint: Endpoint, security: Security) {
    this.#endpoint = endpoint
    this.#security = security
    this.#credentials = channelCredentials(endpoint, security)
    this.#client = this.#connect()
  }

  /** Waits until the server takes connections. @throws SparkConnectError UNAVAILABLE naming its address. */
  async ready(): Promise<void> {
    const { host, port, useTls } = this.#endpoint
    await new Promise<void>((resolve, reject) => {
      this.#client.waitForReady(Date.now() + CONNECT_TIMEOUT_MS, (cause) => {
        if (!cause) return resolve()
        const message = `no Spark Connect server answers${useTls ? ' over TLS' : ''} at ${host}:${port}`
        reject(new SparkConnectError(message, { code: 'UNAVAILABLE', cause }))
      })
    })
  }

  /** Leaves a connection on which nothing comes any more; calls under way there end by themselves. */
  reconnect(): void {
    if (this.#isClosed) return
    this.#client.close()
    this.#client = this.#connect()
  }

  unary<M extends Method>(method: M, request: Input<M>, options: CallOptions = {}): Promise<Output<M>> {
    const { path, encode, decode } = codec(method)
    const deadline = options.timeoutMs === undefined ? {} : { deadline: Date.now() + options.timeoutMs }
    return this.#authenticated((metadata) =>
      answerOf<Output<M>>(options.signal, (callback) =>
        this.#client.makeUnaryRequest(path, encode, decode, request, metadata, deadline, callback),
      ),
    )
  }

  /** @throws SparkConnectError from the stream's `next`, not here. */
  async serverStream<M extends Method>(method: M, request: Input<M>): Promise<MessageStream<Output<M>>> {
    const { path, encode, decode } = codec(method)
    const metadata = await requestMetadata(this.#endpoint, this.#security)
    const gate = new ReadGate()
    const options = { interceptors: [gate.interceptor] }
    const call = this.#client.makeServerStreamRequest(path, encode, decode, request, metadata, options)
    return new MessageStream(call, gate)
  }

  /** Sends one message after the other, each as the connection has room for it. */
  clientStream<M extends Method>(
    method: M,
    requests: () => AsyncIterable<Input<M>>,
    { signal }: CallOptions = {},
  ): Promise<Output<M>> {
    const { path, encode, decode } = codec(method)
    return this.#authenticated(async (metadata) => {
      const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
      let send: Promise<void> | undefined
      const answer = answerOf<Output<M>>(signal, (callback) => {
        const call = this.#client.makeClientStreamRequest(path, encode, decode, metadata, {}, callback)
        send = sendAll(call, requests(), isOver).catch((cause: unknown) => {
          call.cancel()
          throw cause
        })
        return call
      })
      // An answer before everything is sent is an error of the server, and says more than a failure to send.
      await Promise.all([answer.finally(end), send])
      return answer
    })
  }

  /** Whether headers can be asked for anew, so that a refusal for the old ones need not be the end. */
  get canRefreshHeaders(): boolean {
    return this.#security.headers !== undefined
  }

  close(): void {
    this.#isClosed = true
    this.#client.close()
  }

  #connect(): Client {
    const { host, port, userAgent } = this.#endpoint
    return new Client(`${host}:${port}`, this.#credentials, {
      ...CHANNEL_OPTIONS,
      ...(userAgent !== undefined && { 'grpc.primary_user_agent': userAgent }),
    })
  }

  /** Calls with the headers of the moment, and once more with newer ones if these are refused. */
  async #authenticated<T>(call: (metadata: Metadata) => Promise<T>): Promise<T> {
    try {
      return await call(await requestMetadata(this.#endpoint, this.#security))
    } catch (cause) {
      const error = SparkConnectError.from(cause)
      if (error.code !== 'UNAUTHENTICATED' || !this.canRefreshHeaders) throw error
      return await call(await requestMetadata(this.#endpoint, this.#security))
    }
  }
}

type Callback<T> = (error: ServiceError | null, answer?: T) => void

const answerOf = async <T>(
  signal: AbortSignal | undefined,
  start: (callback: Callback<T>) => { cancel(): void },
): Promise<T> => {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const call = start((error, answer) =>
    error || answer === undefined ? reject(SparkConnectError.from(error)) : resolve(answer),
  )
  const cancel = () => call.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

interface Sink<T> {
  write(message: T): boolean
  once(event: 'drain', listener: () => void): unknown
  end(): void
}

const sendAll = async <T>(
  call: Sink<T>,
  messages: AsyncIterable<T>,
  isOver: Promise<void>,
): Promise<void> => {
  let hasEnded = false
  void isOver.then(() => (hasEnded = true))
  for await (const message of messages) {
    if (hasEnded) return
    if (!call.write(message)) {
      await Promise.race([new Promise<void>((drained) => call.once('drain', drained)), isOver])
    }
  }
  call.end()
}

const codec = <M extends Method>(name: M) => {
  const method = SparkConnectService.method[name]
  return {
    path: `/${(SparkConnectService as DescService).typeName}/${method.name}`,
    encode: (message: Input<M>): Buffer => asBuffer(toBinary(method.input as DescMessage, message)),
    // Not a Buffer: its `slice` would share memory where every other typed array copies.
    decode: (bytes: Uint8Array): Output<M> =>
      fromBinary(
        method.output as DescMessage,
        new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
      ) as Output<M>,
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
