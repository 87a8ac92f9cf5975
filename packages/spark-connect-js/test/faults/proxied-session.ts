import { SparkSession } from 'spark-connect-js'

import { testServices } from '../../../../test/environment/services.ts'
import { FaultProxy } from './fault-proxy.ts'

type Builder = ReturnType<typeof SparkSession.builder>

/** A session on the run's Spark, and the proxy between the two. */
export interface Proxied extends AsyncDisposable {
  readonly spark: SparkSession
  readonly proxy: FaultProxy
}

export const testServerPort = (): number => Number(/:(\d+)/.exec(testServices().sparkRemote.slice(5))?.[1])

export const throughPort = (port: number): string => testServices().sparkRemote.replace(/:\d+\//, `:${port}/`)

export const openProxied = async (
  settings: (builder: Builder) => Builder = (builder) => builder,
): Promise<Proxied> => {
  const proxy = await FaultProxy.start(testServerPort())
  const builder = SparkSession.builder()
    .remote(throughPort(proxy.port))
    .config('spark.sql.codegen.wholeStage', 'false')
    .config('spark.sql.codegen.factoryMode', 'NO_CODEGEN')
  const spark = await settings(builder).getOrCreate()
  return {
    spark,
    proxy,
    async [Symbol.asyncDispose]() {
      await spark[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
    },
  }
}

/** Numbers from 0 up to, but without, 1, the same for the same seed (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

export const testToken = (): string => /token=([^;]*)/.exec(testServices().sparkRemote)?.[1] ?? ''
