import type { DeliveryBuffer } from './delivery-buffer.ts'
import { DEFAULT_HINTS, type Destination, type Encryption } from './requests.ts'

/** A stream and all that is known of it. Its states follow from the clock. */
export interface DeliveryStream {
  readonly name: string
  readonly arn: string
  readonly createdAtMs: number
  readonly activeAtMs: number
  readonly hasFailed: boolean
  readonly tags: Map<string, string | undefined>
  readonly buffer: DeliveryBuffer
  goneAtMs: number | undefined // set by DeleteDeliveryStream
  updatedAtMs: number | undefined
  version: number
  destination: Destination
  encryption: { readonly key: Encryption | undefined; readonly isOn: boolean; readonly settledAtMs: number }
}

export type StreamStatus = 'CREATING' | 'CREATING_FAILED' | 'ACTIVE' | 'DELETING'

/** The state that DescribeDeliveryStream tells. */
export function statusOf(stream: DeliveryStream, nowMs: number): StreamStatus {
  if (stream.goneAtMs !== undefined) return 'DELETING'
  if (nowMs < stream.activeAtMs) return 'CREATING'
  return stream.hasFailed ? 'CREATING_FAILED' : 'ACTIVE'
}

export const DESTINATION_ID = 'destinationId-000000000001'

/** The answer of DescribeDeliveryStream. Times are in seconds. */
export function describeStream(stream: DeliveryStream, nowMs: number): unknown {
  const status = statusOf(stream, nowMs)
  const failure = {
    Type: 'CREATE_KMS_GRANT_FAILED', // of what can fail, the one that a stream put to directly can meet
    Details: 'Creation fails here on purpose.',
  }
  return {
    DeliveryStreamName: stream.name,
    DeliveryStreamARN: stream.arn,
    DeliveryStreamStatus: status,
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: describeEncryption(stream, nowMs),
    ...(status === 'CREATING_FAILED' && { FailureDescription: failure }),
    VersionId: String(stream.version),
    CreateTimestamp: stream.createdAtMs / 1000,
    ...(stream.updatedAtMs !== undefined && { LastUpdateTimestamp: stream.updatedAtMs / 1000 }),
    Destinations: [
      {
        DestinationId: DESTINATION_ID,
        ExtendedS3DestinationDescription: describeDestination(stream.destination),
      },
    ],
    HasMoreDestinations: false,
  }
}

/** With what Firehose fills in where nothing was said. */
function describeDestination(destination: Destination): unknown {
  return {
    BufferingHints: DEFAULT_HINTS,
    CompressionFormat: 'UNCOMPRESSED',
    EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: { Enabled: false },
    ProcessingConfiguration: { Enabled: false, Processors: [] },
    S3BackupMode: 'Disabled',
    ...destination,
  }
}

function describeEncryption(
  { encryption: { key, isOn, settledAtMs } }: DeliveryStream,
  nowMs: number,
): unknown {
  const isSettled = nowMs >= settledAtMs
  if (isOn) return { ...key, Status: isSettled ? 'ENABLED' : 'ENABLING' }
  return { Status: isSettled ? 'DISABLED' : 'DISABLING' }
}
