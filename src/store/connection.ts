import { readFile } from 'node:fs/promises'

import { CompiledQuery, Kysely, MysqlDialect, sql } from 'kysely'
import type { AuthPlugin, PoolOptions, SslOptions, TypeCast } from 'mysql2'
import { createPool } from 'mysql2'
import pRetry from 'p-retry'

import type { DatabaseAddress } from './database-url.ts'
import { placeOf } from './database-url.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

const CONNECT_TIMEOUT_MS = 3_000
const RETRY_FOR_MS = 3_000
const CONNECTIONS = 4
// Whoever waits longer for a row than this is told that another run holds it.
const LOCK_WAIT_SECONDS = 8

// Strict, so that nothing is cut short silently, whatever the server's own mode; UTC, whatever its zone.
const sessionSettings =
  "set time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', " +
  `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}, lock_wait_timeout = ${LOCK_WAIT_SECONDS}`

/**
 * Opens a pool and proves that it works. Trouble that may pass is tried again for a few seconds; a wrong password is not.
 * @throws StoreError `unreachable`, `access_denied`, `unknown_database`, `insecure`
 */
export async function connect(address: DatabaseAddress, signal?: AbortSignal): Promise<Kysely<Tables>> {
  const place = placeOf(address)
  return pRetry(() => attempt(address, signal), {
    retries: 10,
    minTimeout: 200,
    factor: 2,
    maxRetryTime: RETRY_FOR_MS,
    shouldRetry: ({ error }) => StoreError.from(error, place).isTransient,
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw StoreError.from(error, place)
  })
}

async function attempt(address: DatabaseAddress, signal?: AbortSignal): Promise<Kysely<Tables>> {
  const secure = await sslOptionsOf(address)
  try {
    return await openAndProve(poolOptions(address, secure), signal)
  } catch (error) {
    const withoutTls = address.sslMode === 'PREFERRED' && isNoTls(error)
    if (!withoutTls) throw StoreError.from(error, placeOf(address))
    return await openAndProve(poolOptions(address), signal)
  }
}

async function openAndProve(options: PoolOptions, signal?: AbortSignal): Promise<Kysely<Tables>> {
  const pool = createPool(options)
  const db = new Kysely<Tables>({
    dialect: new MysqlDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(sessionSettings))
      },
    }),
  })
  try {
    await orAborted(sql`select 1`.execute(db), signal)
    return db
  } catch (error) {
    // Not waited for: a connection that is still being made closes only after its own time limit.
    void db.destroy().catch(() => {})
    throw error
  }
}

/** Stops waiting when the signal says so; a server that never speaks would hold the caller for seconds. */
function orAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}

function poolOptions(address: DatabaseAddress, ssl?: SslOptions): PoolOptions {
  return {
    ...(address.auth === 'iam' && { authPlugins: { mysql_clear_password: tokenPlugin(address) } }),
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    typeCast: bigintsWhole,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionLimit: CONNECTIONS,
    ...(ssl && { ssl }),
  }
}

/** RDS asks for a token by this plugin; each connection gets one of its own, as they are good for minutes only. */
function tokenPlugin({ token }: DatabaseAddress): AuthPlugin {
  return () => async () => {
    if (token === undefined) throw new Error('this command makes none')
    return Buffer.from(`${await token()}\0`)
  }
}

/** BIGINT becomes a bigint; mysql2 alone would round it, or change its type by its size. */
const bigintsWhole: TypeCast = (field, next) => {
  if (field.type !== 'LONGLONG') return next()
  const text = field.string()
  return text === null ? null : BigInt(text)
}

async function sslOptionsOf({ sslMode, sslCaPath }: DatabaseAddress): Promise<SslOptions | undefined> {
  if (sslMode === 'DISABLED') return undefined
  if (sslMode === 'PREFERRED' || sslMode === 'REQUIRED') return { rejectUnauthorized: false }
  const ca = sslCaPath === undefined ? {} : { ca: await readAuthority(sslCaPath) }
  return { ...ca, rejectUnauthorized: true, verifyIdentity: sslMode === 'VERIFY_IDENTITY' }
}

async function readAuthority(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new StoreError(`ssl-ca in DATABASE_URL names ${path}, which cannot be read; correct the path`, {
      code: 'bad_url',
      cause: error,
    })
  }
}

function isNoTls(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'HANDSHAKE_NO_SSL_SUPPORT'
}
