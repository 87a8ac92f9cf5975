import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'

/** A server that asks for a clear password over TLS, as RDS does for its IAM users, and answers each statement with OK. */
export interface TokenServer extends AsyncDisposable {
  readonly port: number
  /** What connections showed, in order. */
  readonly tokens: readonly string[]
}

interface TokenServerOptions {
  /** For its key. */
  readonly folder: string
  /** Offers no TLS. */
  readonly isPlain?: boolean
  readonly isGood: (token: string) => boolean
}

const PASSPHRASE = 'changeit'
const TLS = 0x800
/** Long password, a database by name, protocol 4.1, transactions, secure connection, plugins. */
const CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000
const SSL_REQUEST_BYTES = 4 + 32
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0])

/** @see https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html */
export async function startTokenServer({
  folder,
  isPlain,
  isGood,
}: TokenServerOptions): Promise<TokenServer> {
  const tokens: string[] = []
  const pfx = isPlain === true ? undefined : keyIn(folder)
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.write(packet(0, greeting(pfx === undefined ? CAPABILITIES : CAPABILITIES | TLS)))
    socket.once('data', (first) => {
      if (pfx === undefined || first.length < SSL_REQUEST_BYTES) {
        socket.destroy()
        return
      }
      socket.pause()
      socket.unshift(first.subarray(SSL_REQUEST_BYTES))
      const secure = new TLSSocket(socket, { isServer: true, pfx, passphrase: PASSPHRASE })
      secure.on('error', () => {})
      converse(secure, { tokens, isGood })
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    tokens,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

interface Asking {
  readonly tokens: string[]
  readonly isGood: (token: string) => boolean
}

/** First comes who it is, then the token, then statements. */
function converse(socket: TLSSocket, { tokens, isGood }: Asking): void {
  let turn = 0
  socket.on('data', (data: Buffer) => {
    turn += 1
    if (turn === 1) {
      const ask = Buffer.concat([Buffer.from([0xfe]), text('mysql_clear_password')])
      return void socket.write(packet(data.readUInt8(3) + 1, ask))
    }
    if (turn > 2) return void socket.write(packet(1, OK))
    const token = data.subarray(4).toString('utf8').replace(/\0$/, '')
    tokens.push(token)
    const refusal = Buffer.from('\u00ff\u0015\u0004#28000Access denied for user', 'latin1')
    return void socket.write(packet(data.readUInt8(3) + 1, isGood(token) ? OK : refusal))
  })
}

function greeting(capabilities: number): Buffer {
  const numbers = Buffer.alloc(2 + 1 + 2 + 2 + 1)
  numbers.writeUInt16LE(capabilities & 0xffff, 0)
  numbers.writeUInt8(45, 2) // utf8mb4
  numbers.writeUInt16LE(2, 3)
  numbers.writeUInt16LE(capabilities >>> 16, 5)
  numbers.writeUInt8(21, 7)
  const scramble = Buffer.alloc(20, 'x')
  return Buffer.concat([
    Buffer.from([10]),
    text('8.4.6'),
    Buffer.alloc(4, 1),
    scramble.subarray(0, 8),
    Buffer.alloc(1),
    numbers,
    Buffer.alloc(10),
    scramble.subarray(8),
    Buffer.alloc(1),
    text('mysql_native_password'),
  ])
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`)

function packet(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUIntLE(payload.length, 0, 3)
  header.writeUInt8(sequence, 3)
  return Buffer.concat([header, payload])
}

/** A key and a certificate for it, by the tool of the JDK that Spark needs anyway. */
function keyIn(folder: string): Buffer {
  const store = join(folder, 'key.p12')
  const home = process.env['JAVA_HOME']
  const keytool = home === undefined ? 'keytool' : join(home, 'bin', 'keytool')
  const key = ['-genkeypair', '-alias', 'db', '-keyalg', 'EC', '-dname', 'CN=localhost', '-validity', '1']
  const place = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', PASSPHRASE]
  execFileSync(keytool, [...key, ...place], { stdio: 'ignore' })
  return readFileSync(store)
}
