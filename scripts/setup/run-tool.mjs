import { spawn } from 'node:child_process'
import { explainFailure, SetupError } from './setup-error.mjs'

const keptCharacters = 20_000

/**
 * Runs a tool to its end, silently.
 * @param {{ tool: string, command: readonly string[], cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 * @throws {SetupError} with the sentence for what went wrong
 */
export function runTool({ tool, command: [file, ...args], cwd, env = process.env }) {
  return new Promise((settle, fail) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => (output = (output + chunk).slice(-keptCharacters))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.once('error', (cause) =>
      fail(new SetupError(`${tool} cannot be started: ${cause.message}.`, { cause })),
    )
    child.once('close', (code, signal) => {
      if (code === 0) settle()
      else if (signal === 'SIGINT' || code === 130)
        fail(new SetupError('Set-up was interrupted.', { exitCode: 130 }))
      else fail(explainFailure({ tool, output }))
    })
  })
}
