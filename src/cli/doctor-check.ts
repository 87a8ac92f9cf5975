import { execFile } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

import { projectRoot } from '../local/paths.ts'

/** One thing that has to be so. */
export interface Check {
  readonly name: string
  /** Says what was found. @throws Error whose message and hint say how to mend it; Unknown where nobody can tell */
  readonly look: () => Promise<string>
}

/** What is not as it has to be, and the way out. */
export class Missing extends Error {
  readonly hint: string
  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** What cannot be told, and what it would take. */
export class Unknown extends Missing {}

const TOOL_TIMEOUT_MS = 20_000
const LEAST_GIBIBYTES = 2
const GIBIBYTE = 2 ** 30
const MOST_SKEW_MS = 60_000
const run = promisify(execFile)

interface Tool {
  readonly file: string
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** What to do where it does not work. */
  readonly hint: string
}

/** Runs a tool for what it prints. @throws Missing */
export async function askTool({ file, argv, env, hint }: Tool): Promise<{ stdout: string; stderr: string }> {
  try {
    return await run(file, [...argv], { env, timeout: TOOL_TIMEOUT_MS })
  } catch {
    throw new Missing(`${file} ${argv.join(' ')} does not work`, hint)
  }
}

/** The version, where it is not too old. @throws Missing */
export function atLeast(what: string, version: string, least: number): string {
  if (Number.parseInt(version, 10) >= least) return version
  throw new Missing(`${version} is too old`, `Install ${what} ${least} or later.`)
}

/** @throws Missing */
export async function freeDisk(): Promise<string> {
  const { bavail, bsize } = await statfs(projectRoot)
  const gibibytes = (bavail * bsize) / GIBIBYTE
  const found = `${gibibytes.toFixed(1)} GiB free`
  if (gibibytes >= LEAST_GIBIBYTES) return found
  throw new Missing(found, `Free ${LEAST_GIBIBYTES} GiB.`)
}

/** @throws Missing where somebody listens on a port of loopback */
export async function freeLoopbackPort(port: number): Promise<string> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(port, '127.0.0.1', resolve)
  try {
    await promise
  } catch {
    throw new Missing(`${port} is taken`, 'Stop what listens there; if it is this compose file, all is well.')
  } finally {
    server.close()
  }
  return `${port} on loopback is free`
}

/** @param skewMs above 0 where this machine is behind @throws Missing */
export function clocksAgree(whose: string, skewMs: number): string {
  if (Number.isNaN(skewMs)) throw new Unknown(`${whose} does not say its time`, 'Compare it by hand.')
  const seconds = (Math.abs(skewMs) / 1000).toFixed(1)
  const found = `${seconds} s ${skewMs > 0 ? 'behind' : 'ahead of'} ${whose}`
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return found
  throw new Missing(found, 'Let NTP set the clock that is wrong.')
}

export const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
