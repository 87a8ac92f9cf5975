import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const MOST_OUTPUT_BYTES = 2 ** 30

interface Child {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** What a program of the bench wrote as JSON, in a process of its own. @throws if it failed, with what it said. */
export async function resultOf<Result>({ command, args, ...options }: Child): Promise<Result> {
  const { stdout } = await promisify(execFile)(command, args, { ...options, maxBuffer: MOST_OUTPUT_BYTES })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own child wrote it
  return JSON.parse(stdout) as Result
}
