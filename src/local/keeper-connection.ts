import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readInstance, type Instance, type KeeperArguments } from './keeper-protocol.ts'
import type { Environment } from './leashed-process.ts'
import { LocalError } from './local-error.ts'

export type KeeperConnection = { readonly socket: Socket; readonly key: string }

const connectTimeoutMs = 30_000

/** Opens a connection to a loopback port. Rejects when nobody listens. */
export function connectTo(port: number): Promise<Socket> {
  return new Promise((settle, fail) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.off('error', fail)
      settle(socket)
    })
  })
}

/**
 * Connects to the keeper of a state folder, and starts one first when there is none.
 * @throws LocalError `start_failed` when the keeper does not come up
 */
export async function connectToKeeper(
  keeper: KeeperArguments,
  options: { readonly environment: Environment; readonly signal?: AbortSignal | undefined },
): Promise<KeeperConnection> {
  const [stateDirectory] = keeper
  const found = await connectToInstance(await readInstance(stateDirectory))
  if (found !== undefined) return found
  const { logFile, hasFailed } = startKeeper(keeper, options.environment)
  const giveUpAt = performance.now() + connectTimeoutMs
  while (performance.now() < giveUpAt && !hasFailed()) {
    options.signal?.throwIfAborted()
    const connection = await connectToInstance(await readInstance(stateDirectory))
    if (connection !== undefined) return connection
    await sleep(20)
  }
  const hint = `Its last words:\n${readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n')}`
  throw new LocalError('start_failed', `The keeper of ${stateDirectory} did not start.`, { hint })
}

async function connectToInstance(instance: Instance | undefined): Promise<KeeperConnection | undefined> {
  if (instance === undefined) return undefined
  const socket = await connectTo(instance.port).catch(() => undefined)
  return socket && { socket, key: instance.key }
}

/** In the background and in a session of its own: it must outlive this process if others still use the services. */
function startKeeper(
  keeper: KeeperArguments,
  environment: Environment,
): { readonly logFile: string; readonly hasFailed: () => boolean } {
  const logs = join(keeper[0], 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })
  const logFile = join(logs, 'keeper.log')
  const log = openSync(logFile, 'a', 0o600)
  const program = fileURLToPath(new URL('./keeper.ts', import.meta.url))
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, program, ...keeper], {
    cwd: keeper[0],
    detached: true,
    env: environment,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  let isFailed = false
  child.once('error', () => (isFailed = true))
  child.once('exit', (code) => (isFailed = code !== 0))
  return { logFile, hasFailed: () => isFailed }
}
