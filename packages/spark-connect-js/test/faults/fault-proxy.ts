import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** `reset` sends RST, `close` FIN; `stall` keeps the connection and passes nothing more. */
export type FaultKind = 'reset' | 'close' | 'stall'

export interface Fault {
  readonly kind: FaultKind
  /** `up` is from the client to the server. */
  readonly direction: 'up' | 'down'
  /** After how many bytes in this direction, counted over all connections since `arm`. */
  readonly afterBytes: number
}

interface Connection {
  readonly client: Socket
  readonly server: Socket
  isStalled: boolean
}

/** A TCP proxy on loopback that cuts, stalls and resets connections at given bytes. */
export class FaultProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  #upstreamPort: number
  #faults: Fault[] = []
  #passed = { up: 0, down: 0 }
  /** How many connections were made. */
  connections = 0

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client))
  }

  static async start(upstreamPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstreamPort)
    await proxy.listen()
    return proxy
  }

  get port(): number {
    return this.#port
  }
  #port = 0

  /** Bytes that came from the server since `arm`. */
  get bytesDown(): number {
    return this.#passed.down
  }

  get bytesUp(): number {
    return this.#passed.up
  }

  /** Faults that have not happened yet. */
  get pending(): number {
    return this.#faults.length
  }

  /** Begins to count anew; faults happen in their order in each direction. */
  arm(...faults: readonly Fault[]): void {
    this.#passed = { up: 0, down: 0 }
    this.#faults = faults.toSorted((a, b) => a.afterBytes - b.afterBytes)
  }

  /** Resets all connections; later ones go to another server. */
  moveTo(upstreamPort: number): void {
    this.#upstreamPort = upstreamPort
    this.reset()
  }

  reset(): void {
    for (const connection of this.#connections) this.#end(connection, 'reset')
  }

  /** Takes no connections until `listen`. */
  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.reset()
    await closed
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve)
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.refuse()
  }

  #accept(client: Socket): void {
    this.connections++
    const server = connect({ port: this.#upstreamPort, host: '127.0.0.1', noDelay: true })
    const connection = { client, server, isStalled: false }
    this.#connections.add(connection)
    for (const [from, to, direction] of [
      [client, server, 'up'],
      [server, client, 'down'],
    ] as const) {
      from.on('data', (bytes) => this.#pass(connection, direction, bytes))
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => {
        to.destroy()
        this.#connections.delete(connection)
      })
      to.on('drain', () => from.resume())
    }
  }

  #pass(connection: Connection, direction: Fault['direction'], bytes: Buffer): void {
    if (connection.isStalled) return
    const [from, to] =
      direction === 'up' ? [connection.client, connection.server] : [connection.server, connection.client]
    const fault = this.#faults.find((candidate) => candidate.direction === direction)
    const room = fault ? fault.afterBytes - this.#passed[direction] : Infinity
    this.#passed[direction] += Math.min(room, bytes.length)
    if (!to.write(room < bytes.length ? bytes.subarray(0, Math.max(0, room)) : bytes)) from.pause()
    if (fault && room <= bytes.length) {
      this.#faults.splice(this.#faults.indexOf(fault), 1)
      this.#end(connection, fault.kind)
    }
  }

  #end(connection: Connection, kind: FaultKind): void {
    const { client, server } = connection
    if (kind === 'stall') connection.isStalled = true
    // The client shall first get what has been passed on to it.
    else if (kind === 'close') client.end(() => server.destroy())
    else {
      client.resetAndDestroy()
      server.destroy()
    }
  }
}
