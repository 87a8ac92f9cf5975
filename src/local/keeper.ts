/**
 * The process that owns the embedded services of one state folder. `startEmbedded` starts it in the background and connects;
 * so do all other commands that work in the same folder, and the services run while at least one of them is connected. When
 * a command dies, the kernel closes its connection; when the keeper dies, the leash ends the services.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectTo } from './keeper-connection.ts'
import {
  instanceFile,
  readInstance,
  receive,
  send,
  GuestRequest,
  KeeperArguments,
  type KeeperMessage,
} from './keeper-protocol.ts'
import { LocalError } from './local-error.ts'
import { localPaths } from './paths.ts'
import { sharedServices, type SharedServices } from './shared-services.ts'

const firstGuestWithinMs = 15_000
const lockWithinMs = 20_000 // a predecessor may need 10 s to stop its services

const [stateDirectory, lifetime] = KeeperArguments.parse(process.argv.slice(2))
await mkdir(stateDirectory, { recursive: true })
await chmod(stateDirectory, 0o700)
const lock = await takeStateDirectory()
if (lock !== undefined) await keep()

/**
 * Takes the state folder for this process alone; undefined when another keeper serves it. SQLite's lock is the kernel's, so
 * it is gone when its holder is, which neither a pid nor a lock file promises.
 */
async function takeStateDirectory(): Promise<DatabaseSync | undefined> {
  const database = new DatabaseSync(join(stateDirectory, 'lock.db'))
  const giveUpAt = performance.now() + lockWithinMs
  while (performance.now() < giveUpAt) {
    try {
      database.exec('BEGIN EXCLUSIVE')
      return database
    } catch {
      const instance = await readInstance(stateDirectory)
      const socket = instance && (await connectTo(instance.port).catch(() => undefined))
      socket?.destroy()
      if (socket !== undefined) return undefined
      await sleep(100)
    }
  }
  return undefined
}

async function keep(): Promise<void> {
  const guests = new Set<Socket>()
  const onLost = (error: LocalError): void =>
    guests.forEach((guest) => send(guest, errorMessage('lost', error)))
  const services = sharedServices({ paths: localPaths(stateDirectory), onLost })
  const key = randomBytes(24).toString('hex')
  const { promise: nobodyIsLeft, resolve: close } = Promise.withResolvers<void>()
  const impatience = setTimeout(close, firstGuestWithinMs)
  const server = createServer({ allowHalfOpen: true }, (guest) => {
    void welcome(guest)
  })
  async function welcome(guest: Socket): Promise<void> {
    guest.on('error', () => {})
    for await (const request of receive(guest, GuestRequest)) {
      if (request.key !== key) break
      clearTimeout(impatience)
      guests.add(guest)
      void serve(services, { guest, request })
    }
    const wasGuest = guests.delete(guest)
    // The last one's connection stays open on this side until all is stopped: it may wait for that.
    if (wasGuest && guests.size === 0) close()
    else guest.end()
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => close())
  await announce(server, key)
  await nobodyIsLeft
  await shutDown({ server, services })
}

async function serve(
  services: SharedServices,
  { guest, request }: { readonly guest: Socket; readonly request: GuestRequest },
): Promise<void> {
  try {
    const onProgress = (line: string): void => send(guest, { kind: 'progress', line })
    const { services: wanted, environment } = request
    send(guest, {
      kind: 'ready',
      environment: await services.provide({ services: wanted, environment, onProgress }),
    })
  } catch (error) {
    send(guest, errorMessage('error', LocalError.from(error)))
  }
}

function errorMessage(kind: 'error' | 'lost', { code, message, hint }: LocalError): KeeperMessage {
  return { kind, code, message, hint }
}

/** Opens the door, then writes where it is; in one step, so that nobody reads half of it. */
async function announce(server: Server, key: string): Promise<void> {
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await listening
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const unfinished = `${instanceFile(stateDirectory)}.new`
  await writeFile(unfinished, JSON.stringify({ pid: process.pid, port, key }), { mode: 0o600 })
  await rename(unfinished, instanceFile(stateDirectory))
}

async function shutDown({
  server,
  services,
}: {
  readonly server: Server
  readonly services: SharedServices
}): Promise<never> {
  server.close() // from here on, who comes starts a keeper of their own, which waits for the lock
  await rm(instanceFile(stateDirectory), { force: true })
  await services[Symbol.asyncDispose]()
  if (lifetime === 'temporary') await rm(stateDirectory, { recursive: true, force: true })
  process.exit(0) // closes the connections of those who wait
}
