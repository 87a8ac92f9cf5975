import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { freePort } from './free-port.ts'
import { startLeashed, waitUntilReady, type Environment, type LeashedProcess } from './leashed-process.ts'
import { LocalError } from './local-error.ts'
import { createDataDirectory, mariadbdCommand } from './mariadb-template.ts'
import type { LocalPaths } from './paths.ts'

export type MariadbOptions = {
  readonly paths: LocalPaths
  /** Kept between runs; made when missing. One server at a time. */
  readonly dataDirectory: string
  readonly logFile: string
  readonly environment: Environment
  /** Further flags of `mariadbd`, such as `--ssl-cert=...`; they win. */
  readonly settings?: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/** A MariaDB server on loopback with an empty or earlier database `ripplerank`. `url` holds its password. */
export type RunningMariadb = AsyncDisposable & { readonly url: string; readonly exited: Promise<number> }

const startTimeoutMs = 60_000 // InnoDB waits for the lock of a predecessor that is still writing
const mostAttempts = 3
const accountName = 'ripplerank'

/**
 * Starts MariaDB as a child process on a free port, with a new random password, and waits until it answers a query.
 * @throws LocalError `runtime_missing`, `start_failed`, `start_timeout`, `disk_full`
 * @example await using mariadb = await startMariadb({ paths, dataDirectory, logFile, environment })
 */
export async function startMariadb(options: MariadbOptions): Promise<RunningMariadb> {
  const { paths, dataDirectory, environment } = options
  if (!existsSync(paths.mariadb)) {
    const hint =
      'Run `npm run setup`; where there is no build for the machine, name a MySQL server in DATABASE_URL.'
    throw new LocalError('runtime_missing', `MariaDB is not in ${paths.mariadb}.`, { hint })
  }
  if (!existsSync(dataDirectory)) await createDataDirectory(paths, { dataDirectory, environment })
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      return await startOnPort(options, port)
    } catch (error) {
      const isPortTaken = error instanceof LocalError && error.hint.includes('Address already in use')
      if (!isPortTaken || attempt === mostAttempts) throw error
    }
  }
}

async function startOnPort(options: MariadbOptions, port: number): Promise<RunningMariadb> {
  const { paths, dataDirectory, logFile, environment, settings = [], signal } = options
  const password = randomBytes(24).toString('hex')
  const accountFile = join(dirname(logFile), `mariadb-account.${process.pid}.sql`)
  await mkdir(dirname(accountFile), { recursive: true })
  // By a file that only the owner reads, and only during the start: a command line is public.
  await writeFile(accountFile, accountSql(password), { mode: 0o600 })
  const server = startLeashed({
    name: 'MariaDB',
    command: [
      ...mariadbdCommand(paths, dataDirectory),
      ...serverFlags(port),
      `--init-file=${accountFile}`,
      ...settings,
    ],
    environment,
    workingDirectory: dataDirectory,
    logFile,
  })
  const url = `mysql://${accountName}:${password}@127.0.0.1:${port}/ripplerank`
  try {
    const probe = (): Promise<true | undefined> => answersQuery(url)
    await waitUntilReady({ process: server, probe, timeoutMs: startTimeoutMs, secrets: [password], signal })
    return { url, exited: server.exited, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  } catch (error) {
    await (server satisfies LeashedProcess)[Symbol.asyncDispose]()
    throw error
  } finally {
    await rm(accountFile, { force: true })
  }
}

function serverFlags(port: number): readonly string[] {
  return [
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--socket=', // none: its path would be limited to 107 characters
    '--skip-name-resolve',
    '--default-time-zone=+00:00',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=128M',
    '--innodb-log-file-size=96M', // a slot's rows in one transaction: a smaller log makes it wait for the disk
    '--max-allowed-packet=64M',
  ]
}

/** Runs before the port is open. All rights, because tests and migrations make databases of their own. */
function accountSql(password: string): string {
  return [
    'CREATE DATABASE IF NOT EXISTS ripplerank CHARACTER SET utf8mb4;',
    `CREATE OR REPLACE USER '${accountName}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO '${accountName}'@'127.0.0.1' WITH GRANT OPTION;\n`,
  ].join('\n')
}

/** With our own password: another server that took the port would refuse it. */
async function answersQuery(url: string): Promise<true | undefined> {
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 2000 })
    await connection.query('SELECT 1').finally(() => connection.destroy())
    return true
  } catch {
    return undefined
  }
}
