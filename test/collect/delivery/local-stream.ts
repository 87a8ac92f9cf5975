import { gunzipSync } from 'node:zlib'
import { CreateDeliveryStreamCommand, type FirehoseClient } from '@aws-sdk/client-firehose'
import { GetObjectCommand, ListObjectsV2Command, S3Client, type _Object } from '@aws-sdk/client-s3'
import {
  startFirehose,
  type LocalFirehose,
  type LocalFirehoseOptions,
} from '../../../src/local/start-firehose.ts'
import { testServices } from '../../environment/services.ts'
import { firehoseClient } from './firehose-client.ts'

/** A delivery stream of a Firehose of its own, and what arrives behind it. */
export interface LocalStream extends AsyncDisposable {
  readonly local: LocalFirehose
  readonly firehose: FirehoseClient
  readonly name: string
  /** The lines that arrived on S3 so far, in their order. */
  readonly arrived: () => Promise<readonly string[]>
}

/** Opens a stream that delivers to the shared S3, below a prefix of its own. */
export async function openLocalStream(
  options: Partial<LocalFirehoseOptions> & { readonly name: string; readonly endsLines?: boolean },
): Promise<LocalStream> {
  const { name, endsLines = true } = options
  const s3Access = testServices().s3
  const local = await startFirehose({ creatingMs: 0, ...options, s3: s3Access })
  const firehose = firehoseClient(local.endpoint)
  const prefix = `collect-test/${name}-${process.pid}-${Date.now()}/`
  await createStream(firehose, { name, prefix, endsLines })
  const arrived = async (): Promise<readonly string[]> => {
    await local.flush()
    return linesBelow(prefix)
  }
  const close = async (): Promise<void> => {
    firehose.destroy()
    await local[Symbol.asyncDispose]()
  }
  return { local, firehose, name, arrived, [Symbol.asyncDispose]: close }
}

async function createStream(
  firehose: FirehoseClient,
  {
    name,
    prefix,
    endsLines,
  }: { readonly name: string; readonly prefix: string; readonly endsLines: boolean },
): Promise<void> {
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::123456789012:role/collect-test',
        BucketARN: `arn:aws:s3:::${testServices().s3.bucket}`,
        Prefix: prefix,
        ProcessingConfiguration: { Enabled: endsLines, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      },
    }),
  )
}

async function linesBelow(prefix: string): Promise<readonly string[]> {
  const { bucket, endpoint, region, accessKeyId, secretAccessKey } = testServices().s3
  const s3 = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  })
  try {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))
    const lines: string[] = []
    for (const { Key = '' } of Contents.toSorted(byAge)) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
      lines.push(...(Key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').slice(0, -1))
    }
    return lines
  } finally {
    s3.destroy()
  }
}

const byAge = (left: _Object, right: _Object): number =>
  Number(left.LastModified) - Number(right.LastModified)
