import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { connect, constants } from 'node:http2'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { startLeashed, waitUntilReady, type Environment } from './leashed-process.ts'
import { LocalError } from './local-error.ts'
import type { LocalPaths } from './paths.ts'

export type SparkOptions = {
  readonly paths: LocalPaths
  /** For scratch files; emptied before the start and removed after the end. */
  readonly workDirectory: string
  readonly logFile: string
  /** PATH and JAVA_HOME to find Java, AWS_* to reach S3, SPARK_DRIVER_MEMORY and SPARK_MASTER for others than the defaults. */
  readonly environment: Environment
  /** Set-up only: where to write the class-data archive when the server ends. */
  readonly newClassArchive?: string
  /** Spark's settings for this server, `name=value`. */
  readonly settings?: readonly string[]
  /** What its clients have to know; a new secret by default. */
  readonly token?: string
  readonly signal?: AbortSignal | undefined
}

/** A Spark Connect server on loopback. `remote` holds its token. */
export type RunningSpark = AsyncDisposable & { readonly remote: string; readonly exited: Promise<number> }

const startTimeoutMs = 60_000
const archiveSeconds = 120
const gibibyte = 2 ** 30

/**
 * Starts Spark Connect as a child process on a free port, with a random token, and waits until it answers.
 * @throws LocalError `runtime_missing`, `start_failed`, `start_timeout`
 * @example await using spark = await startSpark({ paths, workDirectory, logFile, environment })
 */
export async function startSpark(options: SparkOptions): Promise<RunningSpark> {
  const { paths, workDirectory, logFile, token = randomBytes(24).toString('hex'), signal } = options
  if (!existsSync(paths.jars)) {
    throw new LocalError('runtime_missing', `Spark's jars are not in ${paths.jars}.`, {
      hint: 'Run `npm run setup`.',
    })
  }
  await rm(workDirectory, { recursive: true, force: true })
  await mkdir(workDirectory, { recursive: true })
  const server = startLeashed({
    name: 'Spark',
    command: ['sh', paths.sparkStartScript, ...(options.settings ?? [])],
    environment: sparkEnvironment({ ...options, token }),
    workingDirectory: workDirectory,
    logFile,
    graceSeconds: options.newClassArchive === undefined ? undefined : archiveSeconds,
  })
  const probe = async (): Promise<number | undefined> => {
    const port = await portInLog(logFile)
    return port !== undefined && (await answersGrpc(port)) ? port : undefined
  }
  const stop = async (): Promise<void> => {
    await server[Symbol.asyncDispose]()
    await rm(workDirectory, { recursive: true, force: true })
  }
  try {
    const port = await waitUntilReady({
      process: server,
      probe,
      timeoutMs: startTimeoutMs,
      secrets: [token],
      signal,
    })
    const remote = `sc://127.0.0.1:${port}/;token=${token}`
    return { remote, exited: server.exited, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function sparkEnvironment(options: SparkOptions & { readonly token: string }): Environment {
  const { paths, environment, newClassArchive } = options
  // Half of the machine, because MariaDB, Node and the page cache live there too; more than 4 GB only helps when asked for.
  const heap = Math.max(1, Math.min(4, Math.floor(totalmem() / gibibyte / 2)))
  return {
    SPARK_DRIVER_MEMORY: `${heap}g`,
    SPARK_MASTER: 'local[*]',
    ...environment,
    SPARK_JARS_DIR: paths.jars,
    SPARK_CLASS_ARCHIVE: newClassArchive ?? paths.classArchive,
    SPARK_CLASS_ARCHIVE_MAKE: newClassArchive === undefined ? '0' : '1',
    SPARK_CONNECT_HOST: '127.0.0.1',
    SPARK_CONNECT_PORT: '0', // any free one; the log says which
    SPARK_CONNECT_AUTHENTICATE_TOKEN: options.token,
    SPARK_WORK_DIR: join(options.workDirectory, 'scratch'),
  }
}

/** Spark logs the port once the service is bound (org.apache.spark.sql.connect.service.SparkConnectServer). */
async function portInLog(logFile: string): Promise<number | undefined> {
  const line = /Spark Connect server started at: \S*:(\d+)/.exec(await readFile(logFile, 'utf8'))
  return line === null ? undefined : Number(line[1])
}

/**
 * True when the gRPC server answers. A method that does not exist is refused without a trace in Spark's log, and without
 * waking a session; the token need not be tried, because the port was read from our own server's log.
 */
function answersGrpc(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const client = connect(`http://127.0.0.1:${port}`)
    const finish = (isUp: boolean): void => {
      client.destroy()
      settle(isUp)
    }
    client.once('error', () => finish(false))
    const call = client.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: '/spark.connect.SparkConnectService/Ready',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const judge = (headers: Readonly<Record<string, unknown>>): void => {
      if (headers['grpc-status'] !== undefined) finish(true)
    }
    call.once('error', () => finish(false))
    call
      .once('response', judge)
      .once('trailers', judge)
      .once('close', () => finish(false))
    call.end()
  })
}
