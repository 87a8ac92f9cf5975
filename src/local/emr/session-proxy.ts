import {
  connect,
  constants,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'

/** A gRPC server on loopback that passes on what shows a token that holds. */
export type SessionProxy = AsyncDisposable & { readonly endpoint: string }

export interface SessionProxyOptions {
  /** `sc://127.0.0.1:PORT/;token=...` */
  readonly sparkRemote: string
  readonly isValid: (token: string) => boolean
}

/** The header that EMR's proxies ask for. */
const TOKEN_HEADER = 'x-aws-proxy-auth'
const UNAUTHENTICATED = 16

/**
 * Stands before a Spark Connect server as EMR does before a session's: whoever comes without a token that holds is refused
 * before Spark hears of the call.
 */
export async function startSessionProxy({
  sparkRemote,
  isValid,
}: SessionProxyOptions): Promise<SessionProxy> {
  const [, authority = '', token = ''] = /^sc:\/\/([^/]+)\/;token=([^;]+)/.exec(sparkRemote) ?? []
  const upstream = connect(`http://${authority}`)
  upstream.on('error', () => {}) // each stream tells of it
  const server = createServer()
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    const shown = headers[TOKEN_HEADER]
    if (typeof shown !== 'string' || !isValid(shown)) return refuse(stream)
    const passed = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name) && name !== TOKEN_HEADER),
    )
    const call = upstream.request({ ...passed, authorization: `Bearer ${token}` })
    call.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
    call.on('response', (answer) => {
      if (stream.closed) return
      // A call that fails before its first message is answered by trailers alone.
      const endStream = 'grpc-status' in answer
      stream.respond(withoutStatus(answer), { waitForTrailers: !endStream, endStream })
    })
    let trailers = {}
    call.on('trailers', (last) => (trailers = last))
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.on('close', () => call.close(constants.NGHTTP2_CANCEL))
    stream.pipe(call)
    call.pipe(stream)
  })
  const port = await listen(server)
  const stop = (): Promise<void> =>
    new Promise((settle) => {
      upstream.destroy()
      server.close(() => settle())
      for (const session of sessions) session.destroy()
    })
  return { endpoint: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop }
}

const HOP_HEADERS = new Set([':authority', ':scheme', 'host', 'connection'])

/** In trailers alone, as gRPC refuses. */
function refuse(stream: ServerHttp2Stream): void {
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(UNAUTHENTICATED),
      'grpc-message': 'the token is missing, unknown or has expired',
    },
    { endStream: true },
  )
}

const withoutStatus = (headers: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
    ),
  )

async function listen(server: Http2Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}
