import { join } from 'node:path'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { readFile } from 'node:fs/promises'
import { localPaths } from '../../../src/local/paths.ts'
import { startMariadb, type RunningMariadb } from '../../../src/local/start-mariadb.ts'
import { StatementProxy } from './statement-proxy.ts'
import { proxyBefore } from './statement-faults.ts'

/** A MariaDB that a test may kill, reached by way of a proxy, so that its address stays. */
export interface OwnMariadb extends AsyncDisposable {
  readonly url: string
  readonly proxy: StatementProxy
  /** Ends it as `kill -9` does, and starts it again on the same files. */
  readonly restart: () => Promise<void>
}

const PASSWORD = 'only-for-this-test'

/** Starts a MariaDB in a folder of its own, with an account that outlives a restart. */
export async function mariadbOnTheWay(folder: string): Promise<OwnMariadb> {
  const paths = localPaths()
  const files = { dataDirectory: join(folder, 'mariadb'), logFile: join(folder, 'mariadb.log') }
  const start = (): Promise<RunningMariadb> => startMariadb({ paths, ...files, environment: process.env })
  let server = await start()
  await ask(server.url, `create user scorer@'127.0.0.1' identified by '${PASSWORD}'`)
  await ask(server.url, "grant all on *.* to scorer@'127.0.0.1'")
  const proxy = await proxyBefore(server.url)
  const url = new URL(proxy.urlFor(server.url))
  Object.assign(url, { username: 'scorer', password: PASSWORD })
  return {
    url: url.href,
    proxy,
    restart: async () => {
      const [row] = await ask(server.url, 'select @@pid_file as file')
      process.kill(Number(await readFile(String(row?.['file']), 'utf8')), 'SIGKILL')
      await server.exited
      server = await start()
      proxy.moveTo(Number(new URL(server.url).port))
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function ask(url: string, sql: string): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection({ uri: url })
  const [rows] = await connection.query<RowDataPacket[]>(sql)
  await connection.end()
  return rows
}
