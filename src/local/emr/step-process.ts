import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Environment } from '../leashed-process.ts'

/** What a step runs, and where its words go. */
export interface StepCommand {
  readonly argv: readonly string[]
  readonly environment: Environment
  /** Its own, for its log files. */
  readonly folder: string
}

export interface StepProcess {
  /** The exit code, whatever ended it; never rejects. */
  readonly exited: Promise<number>
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void
}

const CANNOT_START = 127
const ENDED_BY_SIGNAL = 128

/** Runs a step's command as a child process, in a group of its own so that all of it can be ended. */
export function startStep({ argv, environment, folder }: StepCommand): StepProcess {
  const [file = '', ...args] = argv
  mkdirSync(folder, { recursive: true })
  const logs = ['stdout', 'stderr'].map((name) => openSync(join(folder, name), 'w'))
  const [out = 0, error = 0] = logs
  const child = spawn(file, args, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', out, error],
  })
  for (const log of logs) closeSync(log)
  const exited = new Promise<number>((settle) => {
    child.once('error', () => settle(CANNOT_START))
    child.once('exit', (code) => settle(code ?? ENDED_BY_SIGNAL))
  })
  return {
    exited,
    kill: (signal) => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, signal)
    },
  }
}

const gzipped = promisify(gzip)

/** The logs of a step as EMR writes them: gzip, some minutes after; here at once. */
export async function stepLogs(folder: string, controller: string) {
  const read = (name: string) => readFile(join(folder, name)).catch(() => Buffer.alloc(0))
  const bodies = {
    controller: Buffer.from(controller),
    stdout: await read('stdout'),
    stderr: await read('stderr'),
  }
  return Promise.all(
    Object.entries(bodies).map(async ([name, body]) => ({ name: `${name}.gz`, body: await gzipped(body) })),
  )
}
