import * as sdk from '@aws-sdk/client-emr'
import { LOCAL_ACCOUNT } from './account.ts'
import { AwsError } from './aws/aws-error.ts'
import { startHttpServer } from './aws/http-server.ts'
import { jsonService, type JsonOperations } from './aws/json-service.ts'
import { serviceModel } from './aws/model.ts'
import { systemClock, type Clock } from './clock.ts'
import { clusterOperations } from './emr/cluster-operations.ts'
import { openClusters } from './emr/clusters.ts'
import type { EmrFaults } from './emr/faults.ts'
import { openSessions } from './emr/session-operations.ts'
import { openDelivery, type S3Access } from './firehose/delivery.ts'
import type { Environment } from './leashed-process.ts'

export type { EmrFaults }

export interface LocalEmrOptions {
  readonly s3: S3Access
  /** What steps see: PATH, and the variables that lead to Spark, the database and S3. */
  readonly environment: Environment
  /** For the disks of the nodes; the caller removes it. */
  readonly folder: string
  /** Default: the machine's. */
  readonly clock?: Clock
  /** How long a cluster or a session is STARTING; default 100 ms, some minutes on EMR. */
  readonly startingMs?: number
  /** How long a session's token holds; default an hour. */
  readonly tokenMs?: number
  /** Whether a cluster may have an instance profile; default: any. */
  readonly isProfileUsable?: (name: string) => boolean
}

/** An EMR on loopback. Disposing ends its clusters, their steps and sessions. */
export type LocalEmr = AsyncDisposable & {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_EMR. */
  readonly endpoint: string
  /** Sets what goes wrong from now on; `{}` mends it. */
  readonly inject: (faults: EmrFaults) => void
  readonly openSessions: () => number
  readonly tokensGiven: () => number
}

const HOUR_MS = 3_600_000

/**
 * Starts an EMR whose clusters are this machine: bootstrap actions and steps run as child processes, sessions lead to the
 * Spark of `environment`. What comes in and goes out is checked against the SDK's model. Signatures are not checked.
 * @example await using emr = await startEmr({ s3, environment, folder })
 */
export async function startEmr(options: LocalEmrOptions): Promise<LocalEmr> {
  const { clock = systemClock, s3, startingMs = 100, environment } = options
  let faults: EmrFaults = {}
  const delivery = openDelivery(s3, () => {})
  const common = { clock, account: LOCAL_ACCOUNT, region: s3.region, startingMs, faults: () => faults }
  const { deliver } = delivery
  const clusters = openClusters({ ...common, folder: options.folder, environment, deliver })
  const sparkRemote = environment['SPARK_REMOTE'] ?? ''
  const sessions = openSessions(clusters, { ...common, sparkRemote, tokenMs: options.tokenMs ?? HOUR_MS })
  const throttle = (): void => {
    const { throttledCalls = 0 } = faults
    if (throttledCalls === 0) return
    faults = { ...faults, throttledCalls: throttledCalls - 1 }
    throw new AwsError('ThrottlingException', 'Rate exceeded')
  }
  const { isProfileUsable = () => true } = options
  const ofClusters = clusterOperations(clusters, { nowMs: clock.nowMs, isProfileUsable })
  const operations = { ...ofClusters, ...sessions.operations }
  const server = await startHttpServer(jsonService('ElasticMapReduce', checkedByModel(operations, throttle)))
  return {
    endpoint: server.endpoint,
    inject: (next) => void (faults = next),
    openSessions: sessions.open,
    tokensGiven: sessions.tokensGiven,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await sessions[Symbol.asyncDispose]()
      await clusters.close()
      delivery.hurry()
      delivery.close()
    },
  }
}

function checkedByModel(operations: JsonOperations, before: () => void): JsonOperations {
  const model = serviceModel(sdk)
  const checkedOnes = Object.entries(operations).map(([name, operation]) => {
    const act = async (input: unknown): Promise<unknown> => {
      before()
      const output = await operation(model.check(name, input))
      const answer: unknown = JSON.parse(JSON.stringify(output ?? {})) // without members that are undefined
      model.checkOutput(name, answer)
      return answer
    }
    return [name, act] as const
  })
  return Object.fromEntries(checkedOnes)
}
