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

/** Starts a MariaDB in a folder of its own. */
export async function mariadbOnTheWay(folder: string): Promise<OwnMariadb> {
  const paths = localPaths()
  const files = { dataDirectory: join(folder, 'mariadb'), logFile: join(folder, 'mariadb.log') }
  const start = (): Promise<RunningMariadb> => startMariadb({ paths, ...files, environment: process.env })
  let server = await start()
  let address = new URL(server.url)
  const { password } = address
  const proxy = await proxyBefore(server.url)
  return {
    url: proxy.urlFor(server.url),
    proxy,
    restart: async () => {
      const [row] = await ask(address, 'select @@pid_file as file')
      process.kill(Number(await readFile(String(row?.['file']), 'utf8')), 'SIGKILL')
      await server.exited
      server = await start()
      address = new URL(server.url)
      // Each start gives the account a new password; a server of one's own would keep it.
      await ask(address, `set password = password('${password}')`)
      address.password = password
      proxy.moveTo(Number(address.port))
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function ask(url: URL, sql: string): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection({ uri: url.href })
  const [rows] = await connection.query<RowDataPacket[]>(sql)
  await connection.end()
  return rows
}
