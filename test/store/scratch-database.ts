import { randomBytes } from 'node:crypto'

import type { Pool, RowDataPacket } from 'mysql2/promise'
import { createConnection, createPool } from 'mysql2/promise'

import { testServices } from '../environment/services.ts'

/** A database of its own for one test file, and a plain connection to look into it from the outside. */
export interface ScratchDatabase extends AsyncDisposable {
  readonly url: string
  /** Rows as text, so that a test sees what the server holds and not what a driver makes of it. */
  rows(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, string | null>>[]>
  /** Writes rows the way Spark does: by column names, outside the store. */
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  run(sql: string): Promise<void>
}

/** Creates an empty database, on the run's MariaDB if no other server is named; disposing drops it. */
export async function scratchDatabase(server = testServices().databaseUrl): Promise<ScratchDatabase> {
  const url = new URL(server)
  const name = `store_${randomBytes(6).toString('hex')}`
  const first = await createConnection({ uri: url.href })
  await first.query(`create database ${name}`)
  await first.end()
  url.pathname = `/${name}`
  // A pool finds its way back to a server that was started again.
  const connection = createPool({ uri: url.href, timezone: 'Z', supportBigNumbers: true })
  return {
    url: url.href,
    rows: (sql, values = []) => textRows(connection, sql, values),
    insert: async (table, rows) => {
      const columns = Object.keys(rows[0] ?? {})
      const values = rows.map((row) => columns.map((column) => row[column]))
      await connection.query(`insert into ${table} (${columns.join(', ')}) values ?`, [values])
    },
    run: async (sql) => void (await connection.query(sql)),
    [Symbol.asyncDispose]: async () => {
      await connection.query(`drop database ${name}`)
      await connection.end()
    },
  }
}

async function textRows(connection: Pool, sql: string, values: readonly unknown[]) {
  const [rows] = await connection.query<(RowDataPacket & Record<string, string | null>)[]>({
    sql,
    values: [...values],
    typeCast: (field) => field.string(),
  })
  // Plain objects, for toEqual.
  return rows.map((row) => Object.fromEntries(Object.entries(row)))
}
