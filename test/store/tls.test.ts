import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SparkConnectError, type SparkSession } from 'spark-connect-js'

import { exitCodeOf } from '../../src/cli/exit.ts'
import { openSpark } from '../../src/cli/services.ts'
import { localPaths } from '../../src/local/paths.ts'
import { startMariadb } from '../../src/local/start-mariadb.ts'
import { parseDatabaseUrl } from '../../src/store/database-url.ts'
import { jdbcTargetOf } from '../../src/store/jdbc-target.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { openStore } from '../../src/store/store.ts'
import { testServices } from '../environment/services.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { scratchDatabase, type ScratchDatabase } from './scratch-database.ts'
import { testAuthority, type TestAuthority } from './test-authority.ts'

const PASSWORD = 'only-for-this-test'

let stack: AsyncDisposableStack
let database: ScratchDatabase
let known: TestAuthority
let other: TestAuthority
let spark: SparkSession
let certify: (host: string) => Promise<void>

beforeAll(async () => {
  stack = new AsyncDisposableStack()
  const folder = stack.use(await temporaryFolder()).path
  ;[known, other] = await Promise.all([testAuthority(folder, 'known'), testAuthority(folder, 'other')])
  const files = { certFile: join(folder, 'server.pem'), keyFile: join(folder, 'server.key') }
  await known.certify('localhost', files)
  const server = stack.use(
    await startMariadb({
      paths: localPaths(),
      dataDirectory: join(folder, 'mariadb'),
      logFile: join(folder, 'mariadb.log'),
      environment: process.env,
      settings: [`--ssl-cert=${files.certFile}`, `--ssl-key=${files.keyFile}`, `--ssl-ca=${known.caFile}`],
    }),
  )
  database = stack.use(await scratchDatabase(server.url))
  await database.run(`create user secure@'127.0.0.1' identified by '${PASSWORD}' require ssl`)
  await database.run(`grant all on *.* to secure@'127.0.0.1'`)
  await database.run('create table arrived (id bigint not null)')
  spark = stack.use(
    await openSpark(testServices().runVariables['SPARK_REMOTE'] ?? '', new AbortController().signal),
  )
  certify = async (host) => {
    await known.certify(host, files)
    await database.run('flush ssl')
  }
})
afterAll(() => stack[Symbol.asyncDispose]())

interface Address {
  readonly mode?: string
  readonly authority?: TestAuthority
  readonly host?: string
}

/** What DATABASE_URL says of an account that the server lets in by TLS alone. */
function addressOf({
  mode = 'VERIFY_IDENTITY',
  authority = known,
  host = 'localhost',
}: Address = {}): string {
  const url = new URL(database.url)
  url.username = 'secure'
  url.password = PASSWORD
  url.hostname = host
  url.searchParams.set('ssl-mode', mode)
  url.searchParams.set('ssl-ca', authority.caFile)
  url.searchParams.set('ssl-truststore', authority.trustStoreFile)
  return url.href
}

/** How opening the store ends: `open`, or what the command line makes of it. */
async function outcomeOf(address: Address) {
  try {
    await using store = await openStore({ url: addressOf(address) })
    return await store.migrate().then(() => 'open')
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { code: error.code, exitCode: exitCodeOf(error), message: error.message }
  }
}

/** How writing three rows by JDBC ends: `written`, or what the command line makes of it. */
async function writtenBySpark(address: Address) {
  const { url, ...properties } = jdbcTargetOf(parseDatabaseUrl(addressOf(address)))
  try {
    await spark.range(3n).coalesce(1).write.mode('append').jdbc({ url, table: 'arrived', properties })
    return 'written'
  } catch (error) {
    if (!(error instanceof SparkConnectError)) throw error
    return { exitCode: exitCodeOf(error), message: error.message }
  }
}

const refused = (...words: readonly string[]) => ({
  code: 'insecure',
  exitCode: 2,
  message: expect.stringMatching(new RegExp(['^no secure connection to ', ...words].join('.*'))),
})

describe('a database that lets its user in by TLS alone', () => {
  it('is open to whoever trusts its authority', async () => {
    expect(await outcomeOf({})).toBe('open')
    expect(await outcomeOf({ mode: 'VERIFY_CA' })).toBe('open')
    expect(await outcomeOf({ mode: 'REQUIRED' })).toBe('open')
    expect(await outcomeOf({ mode: 'PREFERRED', authority: other })).toBe('open')
  })

  it('is closed to whoever speaks no TLS', async () => {
    expect(await outcomeOf({ mode: 'DISABLED' })).toMatchObject({ code: 'access_denied', exitCode: 2 })
  })

  it('is not trusted by whoever knows another authority', async () => {
    const words = ['unable to verify the first certificate', 'correct ssl-mode or ssl-ca']
    expect(await outcomeOf({ authority: other })).toEqual(refused(...words))
    expect(await outcomeOf({ mode: 'VERIFY_CA', authority: other })).toEqual(refused(...words))
  })
})

describe('a server with the certificate of another host', () => {
  beforeAll(() => certify('elsewhere.example.org'))
  afterAll(() => certify('localhost'))

  it('is refused where the name counts, and taken where the authority is enough', async () => {
    expect(await outcomeOf({})).toEqual(refused('localhost', 'elsewhere.example.org', 'ssl-mode'))
    expect(await outcomeOf({ mode: 'VERIFY_CA' })).toBe('open')
  })

  it('is refused by Spark, too', async () => {
    expect(await writtenBySpark({})).toMatchObject({ exitCode: 1 })
  })
})

describe('Spark', () => {
  it('writes over TLS to a database whose authority is in its store, and to no other', async () => {
    expect(await writtenBySpark({ authority: other })).toMatchObject({ exitCode: 1 })
    expect(await database.rows('select * from arrived')).toEqual([])
    expect(await writtenBySpark({})).toBe('written')
    expect(await database.rows('select * from arrived')).toHaveLength(3)
  })
})
