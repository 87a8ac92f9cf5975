import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose'

import { collect } from '../collect/collect.ts'
import type { CollectCounts } from '../collect/delivery/counts.ts'
import type { Source } from '../collect/source.ts'
import { type ManualClock, manualClock } from '../local/manual-clock.ts'
import { type S3Access, startFirehose } from '../local/start-firehose.ts'
import { BUFFER_SECONDS, STREAM_START_MS } from './demo-stream.ts'

/** A Firehose that lives in the demo's time, and a collector into it. */
export interface DemoFirehose extends AsyncDisposable {
  readonly clock: ManualClock
  /** Collects what a source gives, then waits, on the demo's clock, until all of it is in S3. */
  readonly collect: (source: Source, signal: AbortSignal) => Promise<CollectCounts>
}

export interface DemoFirehoseOptions {
  readonly s3: S3Access
  readonly bucket: string
  readonly prefix: string
}

const STREAM = 'tweets'
const MOST_SPOOLED_BYTES = 64 * 2 ** 20

/** Opens it in this process, as its time is not that of the services. */
export async function openDemoFirehose({ s3, bucket, prefix }: DemoFirehoseOptions): Promise<DemoFirehose> {
  await using stack = new AsyncDisposableStack()
  const clock = manualClock(STREAM_START_MS)
  const local = stack.use(await startFirehose({ s3, clock, creatingMs: 0 }))
  const client = new FirehoseClient({
    endpoint: local.endpoint,
    region: s3.region,
    credentials: s3,
    maxAttempts: 1,
  })
  const firehose = stack.adopt(client, () => client.destroy())
  await createStream(firehose, { bucket, prefix })
  const folder = await mkdtemp(join(tmpdir(), 'ripplerank-demo-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const place = { term: 'demo', stream: STREAM, sourceName: 'demo', isLive: false, firehose, folder }
  const opened = stack.move()
  return {
    clock,
    collect: async (source, signal) => {
      const limits = { mostSpooledBytes: MOST_SPOOLED_BYTES, signal, onEvent: () => {} }
      const counts = await collect({ ...place, ...limits, source })
      clock.moveTo(clock.nowMs() + BUFFER_SECONDS * 1_000)
      await local.flush()
      return counts
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function createStream(
  firehose: FirehoseClient,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): Promise<void> {
  const command = new CreateDeliveryStreamCommand({
    DeliveryStreamName: STREAM,
    ExtendedS3DestinationConfiguration: {
      RoleARN: 'arn:aws:iam::123456789012:role/demo',
      BucketARN: `arn:aws:s3:::${bucket}`,
      Prefix: prefix,
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: BUFFER_SECONDS },
      CompressionFormat: 'GZIP',
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
    },
  })
  await firehose.send(command)
}
