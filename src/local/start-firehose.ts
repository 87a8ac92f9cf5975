import { LOCAL_ACCOUNT } from './account.ts'
import { startHttpServer, type Answer } from './aws/http-server.ts'
import { jsonService } from './aws/json-service.ts'
import { systemClock, type Clock } from './clock.ts'
import { openDelivery, type S3Access } from './firehose/delivery.ts'
import type { FirehoseFaults } from './firehose/faults.ts'
import { putOperations } from './firehose/put-records.ts'
import { streamOperations } from './firehose/stream-operations.ts'
import { openStreams } from './firehose/streams.ts'

export type { Clock, FirehoseFaults, S3Access }

export interface LocalFirehoseOptions {
  readonly s3: S3Access
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Default: any free one. One that is named may be taken again after closing, as by a service that was down. */
  readonly port?: number
  /** How long a new stream is CREATING; default 300 ms, some 30 s on AWS. */
  readonly creatingMs?: number
  /** How long a stream is DELETING; default 300 ms. */
  readonly deletingMs?: number
  /** Default: AWS' own 5,000. */
  readonly mostStreams?: number
  /** What goes wrong from the start; `inject` changes it. */
  readonly faults?: FirehoseFaults
  /** From 0 to 1, for `failingShare`; default Math.random. */
  readonly random?: () => number
  /** Whether a role exists; by default each does. */
  readonly isRoleAssumable?: (arn: string) => boolean
  /** A sentence for people when an object could not be delivered. */
  readonly onProblem?: (sentence: string) => void
}

/** A Firehose on loopback. Disposing delivers what it holds first. Its streams are in memory and end with it. */
export type LocalFirehose = AsyncDisposable & {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_FIREHOSE. */
  readonly endpoint: string
  /** Sets what goes wrong from now on; `{}` mends it. */
  readonly inject: (faults: FirehoseFaults) => void
  /** Delivers what the buffers hold, and waits until it is in S3. */
  readonly flush: () => Promise<void>
}

/**
 * Starts a Firehose that speaks AWS' protocol and delivers to S3: streams that are put to directly, and S3 as destination.
 * Signatures are not checked, and what it holds is lost when its process is killed.
 * @example await using firehose = await startFirehose({ s3 })
 */
export async function startFirehose(options: LocalFirehoseOptions): Promise<LocalFirehose> {
  const { clock = systemClock, random = Math.random, s3: access } = options
  let faults = options.faults ?? {}
  const delivery = openDelivery(access, options.onProblem ?? (() => {}))
  const streams = openStreams({
    clock,
    account: LOCAL_ACCOUNT,
    region: access.region,
    mostStreams: options.mostStreams ?? 5000,
    creatingMs: options.creatingMs ?? 300,
    deletingMs: options.deletingMs ?? 300,
    faults: () => faults,
    isRoleAssumable: options.isRoleAssumable ?? (() => true),
    deliver: delivery.deliver,
  })
  const service = jsonService('Firehose_20150804', {
    ...streamOperations(streams, { clock, encryptingMs: options.creatingMs ?? 300 }),
    ...putOperations({ streamOf: streams.findActive, faults: () => faults, nowMs: clock.nowMs, random }),
  })
  const answer: Answer = async (request) => (faults.isDown === true ? undefined : service(request))
  const server = await startHttpServer(answer, options.port)
  return {
    endpoint: server.endpoint,
    inject: (next) => void (faults = next),
    flush: streams.flush,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      delivery.hurry()
      await streams.flush()
      delivery.close()
    },
  }
}
