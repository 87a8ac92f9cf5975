import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { LocalError } from './local-error.ts'

/** Variables by name, like `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A server that ends with this process, however this process ends. Disposing stops it and waits until it is gone. */
export type LeashedProcess = AsyncDisposable & {
  readonly name: string
  readonly logFile: string
  /** Resolves with the exit code, whoever ended it; never rejects. */
  readonly exited: Promise<number>
  readonly hasExited: () => boolean
}

export type LeashedProcessOptions = {
  /** For people: `Spark`, `MariaDB`. */
  readonly name: string
  readonly command: readonly string[]
  readonly environment: Environment
  readonly workingDirectory: string
  /** Truncated at each start; only its owner can read it. */
  readonly logFile: string
  /** How long it may take to end in good order, in seconds. Default 10. */
  readonly graceSeconds?: number | undefined
}

const leash = fileURLToPath(new URL('./leash.sh', import.meta.url))
const defaultGraceSeconds = 10
const leashMs = 5000 // what the leash itself may take

/** Starts a command under the leash, with its output in a log file. */
export function startLeashed(options: LeashedProcessOptions): LeashedProcess {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, 'w', 0o600)
  const graceSeconds = options.graceSeconds ?? defaultGraceSeconds
  const child = spawn('sh', [leash, String(graceSeconds), ...options.command], {
    cwd: options.workingDirectory,
    // A group of its own: Ctrl-C in a terminal goes to this process alone, which then stops the server in good order.
    detached: true,
    env: options.environment,
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  let isGone = false
  const exited = new Promise<number>((settle) => {
    child.once('error', () => settle(127))
    child.once('exit', (code) => settle(code ?? 1))
  }).finally(() => (isGone = true))
  child.stdin?.on('error', () => {}) // it may be gone already
  const stop = async (): Promise<void> => {
    child.stdin?.end()
    const timer = new AbortController()
    const late = sleep(graceSeconds * 1000 + leashMs, 'late', { signal: timer.signal }).catch(() => 'gone')
    if ((await Promise.race([exited, late])) === 'late' && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL')
    timer.abort()
    await exited
  }
  const { name, logFile } = options
  return { name, logFile, exited, hasExited: () => isGone, [Symbol.asyncDispose]: stop }
}

export type ReadinessOptions<T> = {
  readonly process: LeashedProcess
  /** Undefined means: not yet. A throw is final. */
  readonly probe: () => Promise<T | undefined>
  readonly timeoutMs: number
  /** Kept out of the error text. */
  readonly secrets: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks until the server answers.
 * @throws LocalError `start_failed` with the end of its log when it exits, `start_timeout` when it stays silent
 */
export async function waitUntilReady<T>(options: ReadinessOptions<T>): Promise<T> {
  const { process: server, timeoutMs, secrets } = options
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    options.signal?.throwIfAborted()
    if (server.hasExited()) throw startFailure(server, secrets)
    const answer = await options.probe()
    if (answer !== undefined) return answer
    if (performance.now() > giveUpAt) {
      const hint = `Its last words:\n${lastLines(server.logFile, secrets)}`
      throw new LocalError('start_timeout', `${server.name} gave no answer within ${timeoutMs / 1000} s.`, {
        hint,
      })
    }
    await sleep(20)
  }
}

function startFailure(server: LeashedProcess, secrets: readonly string[]): LocalError {
  const words = lastLines(server.logFile, secrets)
  if (/No space left on device/.test(words)) {
    const hint = 'Free some space, or move the project to a larger disk.'
    return new LocalError('disk_full', `${server.name} could not start: the disk is full.`, { hint })
  }
  const hint = `Its last words:\n${words}`
  return new LocalError('start_failed', `${server.name} ended while it started.`, { hint })
}

/** The end of a log, without the secrets. */
function lastLines(file: string, secrets: readonly string[]): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), lines)
}
