import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of one request; all but `pass` are counted. */
export type S3Fault = 'pass' | 'refuse' | 'cut' | 'slow'

/** A request as the proxy sees it, the first of its kind being number 1. */
export interface S3Request {
  readonly method: string
  readonly path: string
  readonly number: number
}

/** A proxy before S3 on loopback that answers 503, cuts bodies in their middle, or takes its time. */
export class S3Proxy implements AsyncDisposable {
  readonly #upstream: URL
  readonly #server: Server
  #requests = 0
  /** How many requests did not simply pass. */
  faults = 0
  decide: (request: S3Request) => S3Fault = () => 'pass'

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream)
    this.#server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing))
  }

  static async start(upstream: string): Promise<S3Proxy> {
    const proxy = new S3Proxy(upstream)
    await new Promise<void>((resolve) => void proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.#requests += 1
    const { method = 'GET', url: path = '/' } = incoming
    const fault = this.decide({ method, path, number: this.#requests })
    if (fault !== 'pass') this.faults += 1
    if (fault === 'refuse') {
      incoming.resume()
      outgoing.writeHead(503, { 'content-type': 'application/xml' }).end(SLOW_DOWN)
      return
    }
    const { hostname, port } = this.#upstream
    const options = { hostname, port, method, path, headers: incoming.headers }
    const forwarded = request(options, (answer) => pass(answer, outgoing, fault))
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  }
}

const SLOW_DOWN =
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your rate.</Message></Error>'
const SLOW_MS = 700

function pass(answer: IncomingMessage, outgoing: ServerResponse, fault: S3Fault): void {
  const send = (): void => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    if (fault !== 'cut') answer.pipe(outgoing)
    else {
      answer.once('data', (bytes: Buffer) => {
        outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy())
      })
    }
  }
  if (fault === 'slow') setTimeout(send, SLOW_MS)
  else send()
}
