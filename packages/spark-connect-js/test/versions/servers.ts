import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findJava } from '../../../../scripts/setup/java.mjs'
import { localPaths, projectRoot } from '../../../../src/local/paths.ts'
import { startSpark } from '../../../../src/local/start-spark.ts'

/** The versions to try: `SPARK_VERSIONS=3.5.7,4.0.1`, else the one that every run tries. */
export const versions = (process.env['SPARK_VERSIONS'] ?? '3.5.7').split(',')

const folderOf = (version: string): string => join(projectRoot, '.ripplerank', 'servers', version)

/** The .proto files of a version. */
export const protosOf = (version: string): string => join(folderOf(version), 'proto')

/** A few rows need neither many tasks nor generated code. */
const FEW_ROWS = [
  'spark.sql.shuffle.partitions=2',
  'spark.sql.leafNodeDefaultParallelism=2',
  'spark.sql.codegen.wholeStage=false',
  'spark.sql.codegen.factoryMode=NO_CODEGEN',
]
/** Spark 3.5 asks Hadoop who it is, by means that Java 18 to 23 have only on demand and later ones not at all. */
const BEFORE_4 = ['spark.connect.grpc.interceptor.classes=LoopbackOnly', 'java.security.manager=allow']
const LAST_JAVA_BEFORE_4 = 23

/** Why a version is not tried on this machine; undefined if it is, as every version is that was asked for. */
export const reasonToSkip = (version: string): string | undefined =>
  process.env['SPARK_VERSIONS'] === undefined ? whyNot(version) : undefined

/** Why no server of a version starts on this machine; undefined if one does. */
const whyNot = (version: string): string | undefined => {
  const java = findJava(process.env).version
  return version.startsWith('3.') && Number.parseInt(java, 10) > LAST_JAVA_BEFORE_4
    ? `Spark ${version} runs on Java 17 to ${LAST_JAVA_BEFORE_4}, not on ${java}: let JAVA_HOME name an older one`
    : undefined
}

/** A server of a version, on loopback and a free port, with a token. */
export const startVersion = async (
  version: string,
): Promise<AsyncDisposable & { readonly remote: string }> => {
  const reason = whyNot(version)
  if (reason !== undefined) throw new Error(reason)
  const folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
  const server = await startSpark({
    paths: {
      ...localPaths(),
      jars: join(folderOf(version), 'jars'),
      classArchive: join(folder, 'none.jsa'),
    },
    workDirectory: join(folder, 'work'),
    logFile: join(folder, 'spark.log'),
    environment: {
      ...process.env,
      SPARK_DRIVER_MEMORY: '1g',
      AWS_ENDPOINT_URL_S3: '',
      JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
    },
    settings: [...FEW_ROWS, ...(version.startsWith('3.') ? BEFORE_4 : [])],
  })
  const stop = async (): Promise<void> => {
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
  return { remote: server.remote, [Symbol.asyncDispose]: stop }
}
