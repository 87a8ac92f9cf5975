import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface HttpRequest {
  readonly method: string
  /** With the query, as `/schedules/score?groupName=default`. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** The name of an error, where the protocol puts it into a header. */
  readonly errorType?: string
}

/** Answers one request; undefined hangs up without a word, as a service does that is down. */
export type Answer = (request: HttpRequest) => Promise<HttpAnswer | undefined>

/** A server on loopback, `http://127.0.0.1:PORT`. Disposing waits for the answers that are under way. */
export type HttpServer = AsyncDisposable & { readonly endpoint: string }

const largestBodyBytes = 16 * 2 ** 20 // a batch of 4 MiB takes 5.6 MB as base64 in JSON

/**
 * Listens on loopback and answers requests. AWS' JSON and query protocols use POST without a path, its REST protocol both.
 * Signatures are not checked.
 */
export async function startHttpServer(answer: Answer, port = 0): Promise<HttpServer> {
  const server = createServer((request, response) => {
    void respond(answer, { request, response }).catch(() => response.destroy())
  })
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(port, '127.0.0.1', resolve)
  await listening
  const address = server.address()
  const stop = (): Promise<void> =>
    new Promise((settle) => {
      server.close(() => settle())
      server.closeIdleConnections()
    })
  const bound = address !== null && typeof address === 'object' ? address.port : port
  return { endpoint: `http://127.0.0.1:${bound}`, [Symbol.asyncDispose]: stop }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function respond(answer: Answer, { request, response }: Exchange): Promise<void> {
  const { method = 'GET', url: path = '/' } = request
  const body = await bodyOf(request)
  const reply = body && (await answer({ method, path, headers: request.headers, body }))
  if (reply === undefined) {
    response.destroy()
    return
  }
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-length': Buffer.byteLength(reply.body),
    'x-amzn-requestid': randomUUID(),
    ...(reply.errorType !== undefined && { 'x-amzn-errortype': reply.errorType }),
  })
  response.end(reply.body)
}

/** Undefined where it is larger than any that AWS takes. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > largestBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}
