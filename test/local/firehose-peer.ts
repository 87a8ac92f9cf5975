import { randomUUID } from 'node:crypto'
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  type ExtendedS3DestinationConfiguration,
} from '@aws-sdk/client-firehose'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import {
  startFirehose,
  type LocalFirehose,
  type LocalFirehoseOptions,
} from '../../src/local/start-firehose.ts'
import { testServices } from '../environment/services.ts'
import { manualClock, type ManualClock } from './manual-clock.ts'

/** A Firehose of one test with the real client on it, and what it has put into S3. */
export interface FirehosePeer extends AsyncDisposable {
  readonly firehose: LocalFirehose
  readonly client: FirehoseClient
  readonly clock: ManualClock
  /** Creates a stream that delivers below a prefix of its own; it is ACTIVE afterwards. */
  readonly createStream: (
    name: string,
    changes?: Partial<ExtendedS3DestinationConfiguration>,
  ) => Promise<string>
  readonly statusOf: (name: string) => Promise<string | undefined>
  /** Keys and bodies below a prefix, by key. */
  readonly objects: (prefix: string) => Promise<readonly { readonly key: string; readonly body: Buffer }[]>
}

export const ROLE = 'arn:aws:iam::123456789012:role/firehose'
export const STARTED_AT_MS = Date.UTC(2018, 11, 9, 23, 59, 58)

/** Starts a Firehose whose clock stands still at STARTED_AT_MS, on the S3 of the run. */
export async function firehosePeer(options: Partial<LocalFirehoseOptions> = {}): Promise<FirehosePeer> {
  const { s3: access } = testServices()
  const clock = manualClock(STARTED_AT_MS)
  const firehose = await startFirehose({ s3: access, clock, creatingMs: 1000, deletingMs: 1000, ...options })
  const { endpoint, region } = { ...access, endpoint: firehose.endpoint }
  // The tests see each answer themselves.
  const client = new FirehoseClient({ endpoint, region, credentials: access, maxAttempts: 1 })
  const s3 = new S3Client({ endpoint: access.endpoint, region, credentials: access, forcePathStyle: true })
  const createStream: FirehosePeer['createStream'] = async (name, changes) => {
    const prefix = `firehose/${randomUUID()}/`
    await client.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: name,
        ExtendedS3DestinationConfiguration: {
          RoleARN: ROLE,
          BucketARN: `arn:aws:s3:::${access.bucket}`,
          Prefix: prefix,
          ...changes,
        },
      }),
    )
    clock.advance(1000)
    return prefix
  }
  const statusOf = async (name: string): Promise<string | undefined> => {
    const { DeliveryStreamDescription: described } = await client.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }),
    )
    return described?.DeliveryStreamStatus
  }
  const objects: FirehosePeer['objects'] = async (prefix) => {
    const Bucket = access.bucket
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }))
    return Promise.all(
      Contents.map(async ({ Key = '' }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
        return { key: Key, body: Buffer.from((await Body?.transformToByteArray()) ?? []) }
      }),
    )
  }
  const stop = async (): Promise<void> => {
    client.destroy()
    s3.destroy()
    await firehose[Symbol.asyncDispose]()
  }
  return { firehose, client, clock, createStream, statusOf, objects, [Symbol.asyncDispose]: stop }
}

/** The processor that ends each record with a line end. */
export const NEWLINE_DELIMITED: Partial<ExtendedS3DestinationConfiguration> = {
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: 'AppendDelimiterToRecord',
        Parameters: [{ ParameterName: 'Delimiter', ParameterValue: String.raw`\n` }],
      },
    ],
  },
}
