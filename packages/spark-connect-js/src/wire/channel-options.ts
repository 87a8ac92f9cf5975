import { credentials, Metadata, type ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js'
import type { Endpoint } from './connection-string.ts'
import { SparkConnectError } from './error.ts'

/** Certificates in PEM, for a server whose authority the system does not know, or that wants to know its clients. */
export interface TlsOptions {
  /** The authorities to trust instead of the system's. */
  readonly ca?: string | Uint8Array
  /** The client's own certificate and its key. */
  readonly cert?: string | Uint8Array
  readonly key?: string | Uint8Array
}

/** Headers that expire, such as `x-aws-proxy-auth`: asked for before each call. */
export type HeadersHook = () => Promise<Readonly<Record<string, string>>>

export interface Security {
  readonly tls?: TlsOptions | undefined
  readonly headers?: HeadersHook | undefined
}

/** PySpark's limit for one message (`ChannelBuilder.MAX_MESSAGE_LENGTH`). */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024

export const CHANNEL_OPTIONS: ChannelOptions = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  // HTTP/2's own 64 KB make a large batch wait for the way there and back hundreds of times. Less than what a server
  // keeps to send again after a break (`observerRetryBufferSize`, 10 MB).
  'grpc-node.flow_control_window': 4 * 1024 * 1024,
  // gRPC servers punish pings that come more often than every 5 minutes, or without a call
  // (`permitKeepAliveTime`, `permitKeepAliveWithoutCalls` of grpc-java's NettyServerBuilder), by GOAWAY too_many_pings.
  'grpc.keepalive_time_ms': 330_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.keepalive_permit_without_calls': 0,
  // A connection of its own, so that leaving a stalled one leads to another.
  'grpc.use_local_subchannel_pool': 1,
  // The retry policy says when to try again; the channel shall be ready by then.
  'grpc.enable_retries': 0,
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 5_000,
}

/** @throws SparkConnectError INVALID_ARGUMENT */
export const channelCredentials = ({ useTls }: Endpoint, { tls }: Security): ChannelCredentials => {
  if (!useTls && tls === undefined) return credentials.createInsecure()
  try {
    return credentials.createSsl(pem(tls?.ca), pem(tls?.key), pem(tls?.cert))
  } catch (cause) {
    throw new SparkConnectError(
      'the TLS options need certificates in PEM, and a key with each of one’s own',
      {
        code: 'INVALID_ARGUMENT',
        cause,
      },
    )
  }
}

const pem = (text: string | Uint8Array | undefined): Buffer | null =>
  text === undefined ? null : Buffer.from(text as Uint8Array)

/** The headers of one call; those of the hook win. @throws SparkConnectError */
export const requestMetadata = async (endpoint: Endpoint, { headers }: Security): Promise<Metadata> => {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(endpoint.metadata)) metadata.set(name, value)
  if (endpoint.token !== undefined) metadata.set('authorization', `Bearer ${endpoint.token}`)
  for (const [name, value] of Object.entries(await headersOf(headers))) setHeader(metadata, name, value)
  return metadata
}

const headersOf = async (hook: HeadersHook | undefined): Promise<Readonly<Record<string, string>>> => {
  try {
    return (await hook?.()) ?? {}
  } catch (cause) {
    const message = 'the headers of the call could not be had: the function given to headers() failed'
    throw new SparkConnectError(message, { code: 'UNAUTHENTICATED', cause })
  }
}

const setHeader = (metadata: Metadata, name: string, value: string): void => {
  try {
    metadata.set(name, value)
  } catch {
    // Without grpc-js's own words: they repeat the value.
    throw new SparkConnectError(`the header "${name}" has a name or a value that a header cannot have`, {
      code: 'INVALID_ARGUMENT',
    })
  }
}
