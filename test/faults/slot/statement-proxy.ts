import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A statement on its way, and those of its connection since the last `begin`. */
export interface Statement {
  readonly sql: string
  readonly earlier: readonly string[]
}

/** Happens once, at the first statement that fits. */
export interface StatementFault {
  readonly at: (statement: Statement) => boolean
  /** `done`: the server has done it, but its answer does not arrive. Default: it does not get to the server. */
  readonly when?: 'asked' | 'done'
  /** Default: the statement, or its answer, is kept until it is released. */
  readonly isCut?: boolean
}

/** A fault that waits for its statement. */
export interface ArmedFault {
  readonly reached: Promise<void>
  /** Lets what was held go on. */
  readonly release: () => void
}

interface Armed extends StatementFault {
  readonly reach: (connection: Connection, held: () => void) => void
}

interface Connection {
  readonly client: Socket
  readonly server: Socket
  readonly earlier: string[]
  readonly unread: { bytes: Buffer }
  /** The fault whose statement the server is working on. */
  waiting?: Armed | undefined
  /** What is kept back meanwhile, in order. */
  held?: (() => void)[] | undefined
}

const HEADER_BYTES = 4
const COM_QUERY = 3

/** A proxy on loopback before MySQL or MariaDB, without TLS, that reads the statements that pass and stops at some. */
export class StatementProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  #upstreamPort: number
  #armed: Armed[] = []
  /** What becomes of each statement before it is passed on. */
  rewrite: (sql: string) => string = (sql) => sql
  /** All that passed, of all connections. */
  readonly statements: string[] = []

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client))
  }

  static async start(upstreamPort: number): Promise<StatementProxy> {
    const proxy = new StatementProxy(upstreamPort)
    await new Promise<void>((resolve) => void proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  /** The same database by way of the proxy. */
  urlFor(databaseUrl: string): string {
    const url = new URL(databaseUrl)
    url.port = String((this.#server.address() as AddressInfo).port)
    return url.href
  }

  arm(fault: StatementFault): ArmedFault {
    const { promise: reached, resolve } = Promise.withResolvers<void>()
    let letGo = (): void => {}
    const reach: Armed['reach'] = (connection, held) => {
      if (fault.isCut === true) cut(connection)
      else {
        connection.held = [held]
        letGo = () => this.#release(connection)
      }
      resolve()
    }
    this.#armed.push({ ...fault, reach })
    return { reached, release: () => letGo() }
  }

  /** Cuts all connections; later ones go to another server. */
  moveTo(upstreamPort: number): void {
    this.#upstreamPort = upstreamPort
    this.cutAll()
  }

  cutAll(): void {
    for (const connection of this.#connections) cut(connection)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.cutAll()
    await closed
  }

  #accept(client: Socket): void {
    const server = connect({ port: this.#upstreamPort, host: '127.0.0.1', noDelay: true })
    const connection: Connection = { client, server, earlier: [], unread: { bytes: Buffer.alloc(0) } }
    this.#connections.add(connection)
    client.on('data', (bytes) => this.#fromClient(connection, bytes))
    server.on('data', (bytes) => this.#fromServer(connection, bytes))
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('error', () => to.destroy())
      from.on('close', () => {
        to.destroy()
        this.#connections.delete(connection)
      })
    }
  }

  #fromClient(connection: Connection, bytes: Buffer): void {
    const { unread } = connection
    unread.bytes = Buffer.concat([unread.bytes, bytes])
    for (;;) {
      if (unread.bytes.length < HEADER_BYTES) return
      const end = HEADER_BYTES + unread.bytes.readUIntLE(0, 3)
      if (unread.bytes.length < end) return
      const packet = unread.bytes.subarray(0, end)
      unread.bytes = unread.bytes.subarray(end)
      this.#pass(connection, packet)
    }
  }

  #pass(connection: Connection, packet: Buffer): void {
    const { server, earlier } = connection
    // The first packet of a command has the number 0; what stands in a handshake has not.
    const isQuery = packet[3] === 0 && packet[HEADER_BYTES] === COM_QUERY
    if (!isQuery) return later(connection, () => void server.write(packet))
    const sql = packet.toString('utf8', HEADER_BYTES + 1)
    this.statements.push(sql)
    const fault = this.#armed.find(({ at }) => at({ sql, earlier }))
    if (/^(begin|start transaction)/i.test(sql)) earlier.length = 0
    earlier.push(sql)
    const changed = this.rewrite(sql)
    const passed = changed === sql ? packet : packetOf(changed)
    const send = (): void => void server.write(passed)
    if (fault) this.#armed = this.#armed.filter((other) => other !== fault)
    if (fault?.when === 'done') connection.waiting = fault
    if (fault && fault.when !== 'done') fault.reach(connection, send)
    else later(connection, send)
  }

  #fromServer(connection: Connection, bytes: Buffer): void {
    const { client, waiting } = connection
    const send = (): void => void client.write(bytes)
    if (!waiting) return later(connection, send)
    connection.waiting = undefined
    waiting.reach(connection, send)
  }

  #release(connection: Connection): void {
    const { held } = connection
    connection.held = undefined
    for (const send of held ?? []) send()
  }
}

function later({ held }: Connection, send: () => void): void {
  if (held) held.push(send)
  else send()
}

function cut({ client, server }: Connection): void {
  client.resetAndDestroy()
  server.destroy()
}

function packetOf(sql: string): Buffer {
  const text = Buffer.from(sql)
  const header = Buffer.from([0, 0, 0, 0, COM_QUERY])
  header.writeUIntLE(text.length + 1, 0, 3)
  return Buffer.concat([header, text])
}
