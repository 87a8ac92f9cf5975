import { randomUUID } from 'node:crypto'
import { once } from 'node:events'

import { startEmbedded } from '../local/start-embedded.ts'
import { openStore } from '../store/store.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'

/** Starts the services, prints `export` lines, and keeps them until the signal; that is how `up` ends well. */
export async function runUp({ variables, signal, stdout, stderr }: CommandContext): Promise<void> {
  const { all } = readEnvironment(variables)
  const onProgress = (line: string): void => void stderr.write(`${line}\n`)
  await using embedded = await startEmbedded({ environment: all, signal, onProgress })
  await createTables(embedded.environment['DATABASE_URL'] ?? '', signal)
  for (const [name, value] of Object.entries(embedded.environment)) {
    // What the shell has already is not ours to tell.
    if (all[name] === value) continue
    stdout.write(`export ${name}=${quoted(name === 'SPARK_REMOTE' ? inOneSession(value) : value)}\n`)
  }
  stderr.write('Ready. Ctrl-C stops the services.\n')
  const error = await Promise.race([embedded.lost, untilAborted(signal)])
  if (error) throw error
}

async function createTables(url: string, signal: AbortSignal): Promise<void> {
  await using store = await openStore({ url, signal })
  await store.migrate()
}

/** One session for all commands that use these services: Spark compiles a job's code anew for each session. */
function inOneSession(remote: string): string {
  return `${remote};session_id=${randomUUID()}`
}

async function untilAborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort')
}

/** For a POSIX shell. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}
