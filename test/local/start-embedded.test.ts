import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { startEmbedded, type Embedded } from '../../src/local/start-embedded.ts'
import { hasClosed, isListening } from './loopback-port.ts'
import { temporaryFolder } from './temporary-folder.ts'

const environment = { PATH: process.env['PATH'] }

async function query(embedded: Embedded, sql: string): Promise<readonly RowDataPacket[]> {
  const connection = await createConnection({ uri: variable(embedded, 'DATABASE_URL') })
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql)
    return rows
  } finally {
    await connection.end()
  }
}

function s3Client(embedded: Embedded): S3Client {
  return new S3Client({
    endpoint: variable(embedded, 'AWS_ENDPOINT_URL_S3'),
    region: variable(embedded, 'AWS_REGION'),
    forcePathStyle: true,
    credentials: {
      accessKeyId: variable(embedded, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable(embedded, 'AWS_SECRET_ACCESS_KEY'),
    },
  })
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

const variable = (embedded: Embedded, name: string): string => embedded.environment[name] ?? ''

describe('the embedded services', () => {
  it('keep tables and objects from one run to the next, under a new password', async () => {
    await using folder = await temporaryFolder()
    const options = { environment, services: ['mariadb', 's3'], stateDirectory: folder.path } as const
    const object = { Bucket: 'ripplerank', Key: 'raw/2026/ö é.json' }
    const first = await startEmbedded(options)
    await query(first, "CREATE TABLE kept (word TEXT) AS SELECT '😀' AS word")
    await s3Client(first).send(new PutObjectCommand({ ...object, Body: '{}' }))
    await first[Symbol.asyncDispose]()

    await using second = await startEmbedded(options)
    expect(variable(second, 'DATABASE_URL')).not.toBe(variable(first, 'DATABASE_URL'))
    expect(await query(second, 'SELECT word FROM kept')).toEqual([{ word: '😀' }])
    const { Body } = await s3Client(second).send(new GetObjectCommand(object))
    expect(await Body?.transformToString()).toBe('{}')
  })

  it('run while one of two programs needs them, and no longer', async () => {
    await using folder = await temporaryFolder()
    const options = { environment, services: ['mariadb'], stateDirectory: folder.path } as const
    // At the same moment: only one of the two may start them.
    const [first, second] = await Promise.all([startEmbedded(options), startEmbedded(options)])
    const url = variable(first, 'DATABASE_URL')
    expect(variable(second, 'DATABASE_URL')).toBe(url)
    await first[Symbol.asyncDispose]()
    expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await second[Symbol.asyncDispose]()
    expect(await isListening(url)).toBe(false)
  })

  it('are apart when their state folders are', async () => {
    await using folder = await temporaryFolder()
    const start = (name: string) =>
      startEmbedded({ environment, services: ['mariadb'], stateDirectory: join(folder.path, name) })
    await using one = await start('one')
    await using other = await start('other')
    await query(one, 'CREATE TABLE mine (x INT) AS SELECT 1 AS x')
    await expect(query(other, 'SELECT * FROM mine')).rejects.toThrow("doesn't exist")
  })

  it('stay away where a variable names another one', async () => {
    await using folder = await temporaryFolder()
    const given = {
      DATABASE_URL: 'mysql://a@b/c',
      SPARK_REMOTE: 'sc://d',
      AWS_ENDPOINT_URL_S3: 'http://e',
      AWS_ENDPOINT_URL_FIREHOSE: 'http://f',
    }
    await using embedded = await startEmbedded({ environment: given, stateDirectory: folder.path })
    expect(embedded.environment).toEqual(given)
    expect(await readdir(folder.path)).toEqual([])
  })

  it('let nobody else read the state folder or the file with the key', async () => {
    await using folder = await temporaryFolder()
    const stateDirectory = join(folder.path, 'state')
    const embedded = await startEmbedded({ environment, services: ['s3'], stateDirectory })
    expect(await modeOf(stateDirectory)).toBe(0o700)
    expect(await modeOf(join(stateDirectory, 'instance.json'))).toBe(0o600)
    await embedded[Symbol.asyncDispose]()
  })

  it('remove a temporary state folder with themselves', async () => {
    await using folder = await temporaryFolder()
    const stateDirectory = join(folder.path, 'state')
    const embedded = await startEmbedded({ environment, services: ['s3'], stateDirectory, isTemporary: true })
    await embedded[Symbol.asyncDispose]()
    expect(await readdir(folder.path)).toEqual([])
  })

  it('are not waited for once the signal is aborted', async () => {
    await using folder = await temporaryFolder()
    const signal = AbortSignal.abort(new Error('Ctrl-C'))
    const options = { environment, services: ['s3'], stateDirectory: folder.path, signal } as const
    await expect(startEmbedded(options)).rejects.toThrow('Ctrl-C')
  })

  it('tell when one of them is lost', async () => {
    await using folder = await temporaryFolder()
    const options = { environment, services: ['mariadb'], stateDirectory: folder.path } as const
    await using embedded = await startEmbedded(options)
    await query(embedded, 'SHUTDOWN')
    await expect(embedded.lost).resolves.toMatchObject({
      code: 'lost',
      message: 'The embedded MariaDB has ended.',
    })
    await using again = await startEmbedded(options)
    expect(await query(again, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(await hasClosed(variable(embedded, 'DATABASE_URL'))).toBe(true)
  })
})
