import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { constants } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from './leashed-process.ts'
import { LocalError } from './local-error.ts'
import type { LocalPaths } from './paths.ts'

const bootstrapScripts = [
  'mariadb_system_tables.sql',
  'mariadb_performance_tables.sql',
  'mariadb_system_tables_data.sql',
  'maria_add_gis_sp_bootstrap.sql',
] as const

/** Nobody may log in without a password; `mariadb.sys` is locked and owns views. */
const removeOpenAccounts = "DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';\n"

/** The flags that every run of `mariadbd` on our files needs. */
export function mariadbdCommand(paths: LocalPaths, dataDirectory: string): readonly string[] {
  const share = join(paths.mariadb, 'share')
  // Started by root (in a container, say), it refuses to go on until told that this is meant.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  return [
    join(paths.mariadb, 'bin', 'mariadbd'),
    '--no-defaults', // must come first: a my.cnf on this machine speaks of another server
    ...asRoot,
    `--datadir=${dataDirectory}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    '--skip-ssl', // on loopback; else it makes a key first, for 12 s
    '--innodb-log-file-size=16M',
  ]
}

/**
 * Fills an empty data folder from a template that is made once, by feeding MariaDB's own SQL to `mariadbd --bootstrap`.
 * An interrupted copy leaves nothing behind that looks like a data folder.
 * @throws LocalError `start_failed` when the bootstrap fails
 */
export async function createDataDirectory(
  paths: LocalPaths,
  options: { readonly dataDirectory: string; readonly environment: Environment },
): Promise<void> {
  if (!existsSync(paths.mariadbTemplate)) await makeTemplate(paths, options.environment)
  const unfinished = `${options.dataDirectory}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(dirname(options.dataDirectory), { recursive: true })
  await cp(paths.mariadbTemplate, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE })
  await rename(unfinished, options.dataDirectory)
}

async function makeTemplate(paths: LocalPaths, environment: Environment): Promise<void> {
  const unfinished = `${paths.mariadbTemplate}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const scripts = bootstrapScripts.map((name) => readFile(join(paths.mariadb, 'share', name), 'utf8'))
  const sql = [
    'CREATE DATABASE mysql;\nUSE mysql;\n',
    ...(await Promise.all(scripts)),
    removeOpenAccounts,
  ].join('\n')
  const [mariadbd = '', ...flags] = mariadbdCommand(paths, unfinished)
  const output = await runWithInput([mariadbd, ...flags, '--bootstrap'], { input: sql, environment })
  if (output !== undefined) {
    await rm(unfinished, { recursive: true, force: true })
    throw new LocalError('start_failed', 'MariaDB could not make its data folder.', {
      hint: `Its last words:\n${output}`,
    })
  }
  // Another process may have made one meanwhile; they are all the same.
  await rename(unfinished, paths.mariadbTemplate).catch(() =>
    rm(unfinished, { recursive: true, force: true }),
  )
}

/** Runs a command to its end; undefined when it succeeded, the end of its output otherwise. */
function runWithInput(
  [command = '', ...args]: readonly string[],
  options: { readonly input: string; readonly environment: Environment },
): Promise<string | undefined> {
  return new Promise((settle) => {
    const child = spawn(command, args, { env: options.environment, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-2000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.stdin.on('error', () => {}) // it ended early: the exit code tells
    child.once('error', (error) => settle(error.message))
    child.once('close', (code) => settle(code === 0 ? undefined : output))
    child.stdin.end(options.input)
  })
}
