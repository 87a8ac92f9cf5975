import {
  DescribeDeliveryStreamCommand,
  ListTagsForDeliveryStreamCommand,
  type ExtendedS3DestinationDescription,
} from '@aws-sdk/client-firehose'
import { CloudError, isAws } from './cloud-error.ts'
import type { PipelineContext, PipelineSettings } from './pipeline.ts'
import { termOfTags } from './term-tags.ts'

/** A delivery stream as AWS describes it. */
export interface FoundStream {
  readonly arn: string
  /** CREATING, ACTIVE, DELETING, or one of these that failed. */
  readonly status: string
  /** Why it failed, where it did. */
  readonly failure: string
  readonly version: string
  readonly destinationId: string
  readonly destination: ExtendedS3DestinationDescription | undefined
  readonly encryption: 'on' | 'off' | 'changing'
  readonly createdAt: Date | undefined
  /** The term that its tags name; undefined where they name none. */
  readonly term: string | undefined
}

/**
 * Looks for the pipeline's stream.
 * @throws CloudError `conflict` where its tags name another term
 */
export async function findStream(context: PipelineContext): Promise<FoundStream | undefined> {
  const { aws, signal, name } = context
  const input = { DeliveryStreamName: name.stream }
  try {
    const { DeliveryStreamDescription: found } = await aws.firehose.send(
      new DescribeDeliveryStreamCommand(input),
      { abortSignal: signal },
    )
    const { Tags = [] } = await aws.firehose.send(
      new ListTagsForDeliveryStreamCommand({ ...input, Limit: 50 }),
      { abortSignal: signal },
    )
    const term = termOfTags(Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })))
    requireOwn(term, context)
    const [first] = found?.Destinations ?? []
    return {
      arn: found?.DeliveryStreamARN ?? '',
      status: found?.DeliveryStreamStatus ?? '',
      failure: found?.FailureDescription?.Details ?? '',
      version: found?.VersionId ?? '',
      destinationId: first?.DestinationId ?? '',
      destination: first?.ExtendedS3DestinationDescription,
      encryption: encryptionOf(found?.DeliveryStreamEncryptionConfiguration),
      createdAt: found?.CreateTimestamp,
      term,
    }
  } catch (error) {
    if (isAws(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}

function requireOwn(term: string | undefined, { name }: PipelineContext): void {
  if (term === undefined || term === name.term) return
  const hint = 'Delete that pipeline first, or write the search term in another way.'
  throw new CloudError(`the stream ${name.stream} is that of the term ${term}`, { code: 'conflict', hint })
}

function encryptionOf(
  configuration: { readonly Status?: string | undefined; readonly KeyType?: string | undefined } = {},
): FoundStream['encryption'] {
  const { Status = configuration.KeyType === undefined ? 'DISABLED' : 'ENABLED' } = configuration
  if (Status.endsWith('ING')) return 'changing'
  return Status === 'ENABLED' ? 'on' : 'off'
}

/** How a stream that exists is set up; undefined where it delivers elsewhere than to S3. */
export function settingsOf({ destination }: FoundStream): PipelineSettings | undefined {
  if (destination === undefined) return undefined
  const { BucketARN = '', BufferingHints: hints, CompressionFormat } = destination
  return {
    bucket: BucketARN.split(':').at(-1) ?? '',
    bufferMebibytes: hints?.SizeInMBs ?? 5,
    bufferSeconds: hints?.IntervalInSeconds ?? 300,
    isCompressed: CompressionFormat === 'GZIP',
  }
}
