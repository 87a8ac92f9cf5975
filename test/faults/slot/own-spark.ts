import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SparkSession } from 'spark-connect-js'
import { localPaths } from '../../../src/local/paths.ts'
import { startSpark } from '../../../src/local/start-spark.ts'
import { testServices } from '../../environment/services.ts'

/** A Spark that a test may kill, which keeps a log of all that its pages would show. */
export interface OwnSpark extends AsyncDisposable {
  readonly remote: string
  /** Ends the server as `kill -9` does, and waits until it is gone. */
  readonly kill: () => Promise<void>
  /** Its log, and what its pages are made of. */
  readonly shown: () => Promise<string>
}

/** Starts a Spark with the tests' S3 in a folder of its own. @param token as that of another, which it takes the place of */
export async function ownSpark(folder: string, token?: string): Promise<OwnSpark> {
  const events = join(folder, 'events')
  await mkdir(events, { recursive: true })
  const logFile = join(folder, 'spark.log')
  const server = await startSpark({
    paths: localPaths(),
    workDirectory: join(folder, 'work'),
    logFile,
    ...(token !== undefined && { token }),
    environment: { ...process.env, ...testServices().variables, SPARK_DRIVER_MEMORY: '2g' },
    settings: [
      'spark.eventLog.enabled=true',
      `spark.eventLog.dir=file://${events}`,
      'spark.eventLog.compress=false',
    ],
  })
  return {
    remote: server.remote,
    kill: async () => {
      process.kill(await pidOf(server.remote), 'SIGKILL')
      await server.exited
    },
    shown: async () => {
      const files = await readdir(events, { recursive: true, withFileTypes: true })
      const paths = files
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
      const texts = await Promise.all([logFile, ...paths].map((path) => readFile(path, 'utf8')))
      return texts.join('\n')
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** The server says it of itself: it is the child of a shell. */
async function pidOf(remote: string): Promise<number> {
  await using spark = await SparkSession.builder().remote(remote).getOrCreate()
  const [row] = await spark.sql("SELECT reflect('java.lang.ProcessHandle', 'current') AS pid").collect()
  return Number(row?.['pid'])
}
