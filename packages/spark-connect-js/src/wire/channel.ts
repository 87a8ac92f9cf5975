import {
  fromBinary,
  toBinary,
  type DescMessage,
  type DescService,
  type MessageShape,
} from '@bufbuild/protobuf'
import { Client, credentials, Metadata, type ClientReadableStream } from '@grpc/grpc-js'
import { SparkConnectService } from '../generated/spark/connect/base_pb.js'
import type { Endpoint } from './connection-string.ts'
import { SparkConnectError } from './error.ts'

/** PySpark's limit for one message (`ChannelBuilder.MAX_MESSAGE_LENGTH`). */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024
const CONNECT_TIMEOUT_MS = 5_000

type Method = keyof typeof SparkConnectService.method
type Input<M extends Method> = MessageShape<(typeof SparkConnectService.method)[M]['input']>
type Output<M extends Method> = MessageShape<(typeof SparkConnectService.method)[M]['output']>

/** Carries encoded messages to one server and back. Knows gRPC; knows nothing of plans. */
export class Channel {
  readonly #client: Client
  readonly #endpoint: Endpoint

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#client = new Client(
      `${endpoint.host}:${endpoint.port}`,
      endpoint.useTls ? credentials.createSsl() : credentials.createInsecure(),
      {
        'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
        'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
        ...(endpoint.userAgent !== undefined && { 'grpc.primary_user_agent': endpoint.userAgent }),
      },
    )
  }

  /** Waits until the server takes connections. @throws SparkConnectError UNAVAILABLE naming its address. */
  async ready(): Promise<void> {
    const { host, port } = this.#endpoint
    await new Promise<void>((resolve, reject) => {
      this.#client.waitForReady(Date.now() + CONNECT_TIMEOUT_MS, (cause) => {
        if (!cause) return resolve()
        const message = `no Spark Connect server answers at ${host}:${port}`
        reject(new SparkConnectError(message, { code: 'UNAVAILABLE', cause }))
      })
    })
  }

  unary<M extends Method>(method: M, request: Input<M>, signal?: AbortSignal): Promise<Output<M>> {
    const { path, encode, decode } = codec(method)
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        path,
        encode,
        decode,
        request,
        this.#metadata(),
        (error, answer) => (error || !answer ? reject(SparkConnectError.from(error)) : resolve(answer)),
      )
      signal?.addEventListener('abort', () => call.cancel(), { once: true })
    })
  }

  serverStream<M extends Method>(method: M, request: Input<M>): ClientReadableStream<Output<M>> {
    const { path, encode, decode } = codec(method)
    return this.#client.makeServerStreamRequest(path, encode, decode, request, this.#metadata())
  }

  /** Sends one message after the other, each as the connection has room for it. */
  async clientStream<M extends Method>(
    method: M,
    requests: AsyncIterable<Input<M>>,
    signal?: AbortSignal,
  ): Promise<Output<M>> {
    const { path, encode, decode } = codec(method)
    const { promise, resolve, reject } = Promise.withResolvers<Output<M>>()
    const call = this.#client.makeClientStreamRequest(
      path,
      encode,
      decode,
      this.#metadata(),
      {},
      (error, answer) => (error || !answer ? reject(SparkConnectError.from(error)) : resolve(answer)),
    )
    signal?.addEventListener('abort', () => call.cancel(), { once: true })
    const sent = (async () => {
      for await (const request of requests) {
        if (!call.write(request))
          await Promise.race([new Promise((drained) => call.once('drain', drained)), promise])
      }
      call.end()
    })()
    await Promise.all([sent, promise])
    return promise
  }

  close(): void {
    this.#client.close()
  }

  #metadata(): Metadata {
    const metadata = new Metadata()
    for (const [name, value] of Object.entries(this.#endpoint.metadata)) metadata.set(name, value)
    if (this.#endpoint.token !== undefined) metadata.set('authorization', `Bearer ${this.#endpoint.token}`)
    return metadata
  }
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
