import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose'
import { startFirehose } from '../src/local/start-firehose.ts'
import { startS3 } from '../src/local/start-s3.ts'

const STREAM = 'bench'

/** A local Firehose and the S3 behind it; ends, with all that it holds, when nobody reads its output any more. */
const folder = await mkdtemp(join(tmpdir(), 'ripplerank-bench-'))
const s3 = await startS3({ dataDirectory: folder })
const { endpoint } = await startFirehose({ s3, creatingMs: 0 })
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
const firehose = new FirehoseClient({ endpoint, region: s3.region, credentials })
await firehose.send(
  new CreateDeliveryStreamCommand({
    DeliveryStreamName: STREAM,
    ExtendedS3DestinationConfiguration: {
      RoleARN: 'arn:aws:iam::123456789012:role/bench',
      BucketARN: 'arn:aws:s3:::ripplerank',
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
    },
  }),
)
process.stdout.write(`${JSON.stringify({ endpoint, stream: STREAM })}\n`)
process.stdin.resume().once('end', () => {
  void rm(folder, { recursive: true, force: true }).finally(() => process.exit())
})
