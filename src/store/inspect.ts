import { sql, type Kysely } from 'kysely'

import { connect } from './connection.ts'
import { parseDatabaseUrl, placeOf } from './database-url.ts'
import { READABLE } from './grants.ts'
import { pendingMigrations } from './migrations.ts'
import { stagingTables } from './slot-tables.ts'
import type { StoreOptions } from './store.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Who is to use the database: a run, or the dashboard. */
export type DatabaseUse = 'writer' | 'reader'

/** What there is of a database. */
export interface DatabaseState {
  /** As `8.4.6` or `11.4.4-MariaDB`. */
  readonly version: string
  /** MySQL from 8.0, MariaDB from 10.11. */
  readonly isSupported: boolean
  /** The server's own time zone; each connection of ours is set to UTC. */
  readonly timeZone: string
  /** Milliseconds that this machine's clock is behind the server's; before 0 where it is ahead. */
  readonly clockSkewMs: number
  /** The cipher of the connection; empty without TLS. */
  readonly cipher: string
  /** Migrations that have not run. */
  readonly pending: readonly string[]
  /** Rights that the user lacks, as `insert on author`. */
  readonly refused: readonly string[]
}

const LEAST = { mysql: 8, mariadb: [10, 11] } as const

/**
 * Looks at a database and changes nothing: rights are tried by EXPLAIN, which takes those of the statement that it explains.
 * @throws StoreError as `openStore`
 */
export async function inspectDatabase(
  { url, tokenFor, signal }: StoreOptions,
  use: DatabaseUse,
): Promise<DatabaseState> {
  const address = parseDatabaseUrl(url, tokenFor)
  const db = await connect(address, signal)
  try {
    const before = Date.now()
    const { rows } = await sql<{ readonly version: string; readonly zone: string; readonly moment: Date }>`
      select version() as version, utc_timestamp(6) as moment,
        if(@@global.time_zone = 'SYSTEM', @@system_time_zone, @@global.time_zone) as zone`.execute(db)
    const clockSkewMs = (rows[0]?.moment.getTime() ?? Number.NaN) - (before + Date.now()) / 2
    const { version = '', zone: timeZone = '' } = rows[0] ?? {}
    const ciphers = await sql<{ readonly Value: string }>`show session status like 'Ssl_cipher'`.execute(db)
    const pending = await pendingMigrations(db)
    return {
      version,
      isSupported: isSupported(version),
      timeZone,
      clockSkewMs,
      cipher: ciphers.rows[0]?.Value ?? '',
      pending,
      refused: pending.length > 0 ? [] : await refusedRights(db, use),
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw StoreError.from(error, placeOf(address))
  } finally {
    await db.destroy()
  }
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (!/mariadb/i.test(version)) return major >= LEAST.mysql
  const [leastMajor, leastMinor] = LEAST.mariadb
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}

async function refusedRights(db: Kysely<Tables>, use: DatabaseUse): Promise<readonly string[]> {
  const tables = new Set(use === 'reader' ? READABLE : await tablesOfRun(db))
  const refused: string[] = []
  for (const table of tables) {
    for (const [right, statement] of Object.entries(await statementsOf(db, table))) {
      if (use === 'reader' && right !== 'select') continue
      if (await isRefused(db, statement)) refused.push(`${right} on ${table}`)
    }
  }
  return refused
}

/** A run uses all tables; of which those are seen that one has any right on. */
async function tablesOfRun(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{
    readonly name: string
  }>`select table_name as name from information_schema.tables
    where table_schema = database() and table_type = 'BASE TABLE'`.execute(db)
  return [...READABLE, ...stagingTables, ...rows.map(({ name }) => name)]
}

async function statementsOf(db: Kysely<Tables>, table: string): Promise<Readonly<Record<string, string>>> {
  // Whoever has no right on a table sees none of its columns; then any name will do.
  const { rows } = await sql<{
    readonly name: string
  }>`select column_name as name from information_schema.columns
    where table_schema = database() and table_name = ${table} limit 1`.execute(db)
  const column = `\`${rows[0]?.name ?? 'term'}\``
  return {
    select: `select ${column} from ${table}`,
    insert: `insert into ${table} (${column}) select null from (select 1 as one) as no_rows where false`,
    update: `update ${table} set ${column} = null where false`,
    delete: `delete from ${table} where false`,
  }
}

async function isRefused(db: Kysely<Tables>, statement: string): Promise<boolean> {
  try {
    await sql`explain ${sql.raw(statement)}`.execute(db)
    return false
  } catch (error) {
    const { code, isTransient } = StoreError.from(error)
    if (isTransient) throw error
    return code === 'access_denied' // checked before all else: a column without a default is no matter here
  }
}
