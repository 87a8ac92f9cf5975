import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { promisify } from 'node:util'

import { describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'

import { testServices } from '../../../../test/environment/services.ts'
import { temporaryFolder } from '../../../../test/local/temporary-folder.ts'
import { failureOf } from '../spark/open-session.ts'
import { testServerPort, testToken, throughPort } from './proxied-session.ts'

const run = promisify(execFile)

/** Speaks TLS to the client and plain text to the test's Spark, with a certificate that no system knows. */
const startTlsFront = async (folder: string) => {
  const store = join(folder, 'server.p12')
  const keytool = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'keytool') : 'keytool'
  const common = ['-keystore', store, '-storepass', 'only-a-test', '-alias', 'server']
  const names = ['-dname', 'CN=test', '-ext', 'san=ip:127.0.0.1,dns:localhost']
  await run(keytool, ['-genkeypair', '-keyalg', 'EC', '-storetype', 'PKCS12', ...names, ...common])
  const { stdout: ca } = await run(keytool, ['-exportcert', '-rfc', ...common])
  const pfx = await readFile(store)
  const server = createServer({ pfx, passphrase: 'only-a-test', ALPNProtocols: ['h2'] }, (client) => {
    const spark = connect(testServerPort(), '127.0.0.1')
    client.pipe(spark).pipe(client)
    client.on('error', () => spark.destroy())
    spark.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { ca, port, [Symbol.asyncDispose]: async () => void server.close() }
}

describe('TLS', () => {
  it('trusts the authority that it is given, and no unknown one', async () => {
    await using folder = await temporaryFolder()
    await using front = await startTlsFront(folder.path)
    const builder = SparkSession.builder().remote(
      `${throughPort(front.port).replace('127.0.0.1', 'localhost')};use_ssl=true`,
    )
    await using spark = await builder.tls({ ca: front.ca }).getOrCreate()
    expect(await spark.version()).toMatch(/^\d/)
    const error = await failureOf(builder.getOrCreate())
    expect(error.code).toBe('UNAVAILABLE')
    expect(error.message).toContain(`over TLS at localhost:${front.port}`)
  })

  it('does not take a certificate that is none', async () => {
    const builder = SparkSession.builder().remote('sc://127.0.0.1').tls({ ca: 'no', cert: 'no', key: 'no' })
    expect((await failureOf(builder.getOrCreate())).code).toBe('INVALID_ARGUMENT')
  })
})

describe('headers that expire', () => {
  const withoutToken = () => testServices().sparkRemote.replace(/;token=[^;]*/, '')

  it('are asked for before each call, and again when they are refused', async () => {
    let asked = 0
    let answers: string[] = []
    await using spark = await SparkSession.builder()
      .remote(withoutToken())
      .headers(() => {
        asked++
        return Promise.resolve({ authorization: `Bearer ${answers.shift() ?? testToken()}` })
      })
      .getOrCreate()
    const askedDuring = async (work: () => Promise<unknown>) => {
      asked = 0
      await work()
      return asked
    }
    expect(await askedDuring(() => spark.conf.getAll())).toBe(1)
    answers = ['expired']
    expect(await askedDuring(() => spark.conf.getAll())).toBe(2)
    answers = ['expired']
    expect(await spark.range(0n, 3n).collect()).toHaveLength(3)
  })

  it('are not asked for forever, and no message repeats them', async () => {
    const builder = SparkSession.builder()
      .remote(withoutToken())
      .config('spark.sql.ansi.enabled', 'true')
      .headers(() => Promise.resolve({ authorization: 'Bearer refused-for-good' }))
    const error = await failureOf(builder.getOrCreate())
    expect(error.code).toBe('UNAUTHENTICATED')
    expect(error.message).not.toContain('refused-for-good')
  })

  it.each([
    ['cannot be had', () => Promise.reject(new Error('no network')), 'UNAUTHENTICATED'],
    ['cannot be sent', () => Promise.resolve({ 'x-key': 'secret\n' }), 'INVALID_ARGUMENT'],
  ] as const)('fail the call if they %s', async (_, hook, code) => {
    const builder = SparkSession.builder()
      .remote(withoutToken())
      .config('spark.sql.ansi.enabled', 'true')
      .headers(hook)
    const error = await failureOf(builder.getOrCreate())
    expect(error.code).toBe(code)
    expect(error.message).not.toContain('secret')
  })
})
