import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { JsonOperations } from '../aws/json-service.ts'
import type { Clock } from '../clock.ts'
import { requests, type Encryption } from './requests.ts'
import { describeStream, DESTINATION_ID, statusOf } from './stream.ts'
import type { Streams } from './streams.ts'

const MOST_TAGS = 50

interface OperationsOptions {
  readonly clock: Clock
  readonly encryptingMs: number
}

/** All operations but those that take records. */
export function streamOperations(
  streams: Streams,
  { clock, encryptingMs }: OperationsOptions,
): JsonOperations {
  const setEncryption = (name: string, key: Encryption | undefined): void => {
    const stream = streams.find(name)
    const { settledAtMs } = stream.encryption
    const nowMs = clock.nowMs()
    if (statusOf(stream, nowMs) !== 'ACTIVE' || nowMs < settledAtMs)
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${name} is not ready for a change of its encryption`,
      )
    stream.encryption = { key, isOn: key !== undefined, settledAtMs: nowMs + encryptingMs }
  }
  return {
    CreateDeliveryStream: (input) => {
      const wanted = checked(requests.create, input)
      const { arn } = streams.create({
        name: wanted.DeliveryStreamName,
        destination: wanted.ExtendedS3DestinationConfiguration,
        encryption: wanted.DeliveryStreamEncryptionConfigurationInput,
        tags: new Map(wanted.Tags?.map(({ Key, Value }) => [Key, Value])),
      })
      return { DeliveryStreamARN: arn }
    },
    DescribeDeliveryStream: (input) => {
      const stream = streams.find(checked(requests.describe, input).DeliveryStreamName)
      return { DeliveryStreamDescription: describeStream(stream, clock.nowMs()) }
    },
    DeleteDeliveryStream: (input) => streams.remove(checked(requests.delete, input).DeliveryStreamName),
    ListDeliveryStreams: (input) => {
      const {
        Limit,
        DeliveryStreamType: type,
        ExclusiveStartDeliveryStreamName: after,
      } = checked(requests.list, input)
      const all = type === undefined || type === 'DirectPut' ? streams.names() : []
      const rest = all.filter((name) => after === undefined || name > after)
      return { DeliveryStreamNames: rest.slice(0, Limit), HasMoreDeliveryStreams: rest.length > Limit }
    },
    UpdateDestination: (input) => {
      const wanted = checked(requests.update, input)
      const stream = streams.findActive(wanted.DeliveryStreamName)
      if (wanted.DestinationId !== DESTINATION_ID)
        throw new AwsError('InvalidArgumentException', `Destination ${wanted.DestinationId} not found`)
      if (wanted.CurrentDeliveryStreamVersionId !== String(stream.version))
        throw new AwsError(
          'ConcurrentModificationException',
          `Firehose ${stream.name} is at version ${stream.version}`,
        )
      const {
        RoleARN = stream.destination.RoleARN,
        BucketARN = stream.destination.BucketARN,
        ...changes
      } = wanted.ExtendedS3DestinationUpdate
      stream.destination = { ...stream.destination, ...changes, RoleARN, BucketARN }
      stream.version += 1
      stream.updatedAtMs = clock.nowMs()
    },
    StartDeliveryStreamEncryption: (input) => {
      const { DeliveryStreamName, DeliveryStreamEncryptionConfigurationInput: key } = checked(
        requests.startEncryption,
        input,
      )
      setEncryption(DeliveryStreamName, key)
    },
    StopDeliveryStreamEncryption: (input) =>
      setEncryption(checked(requests.stopEncryption, input).DeliveryStreamName, undefined),
    ...tagOperations(streams),
  }
}

function tagOperations(streams: Streams): JsonOperations {
  return {
    TagDeliveryStream: (input) => {
      const { DeliveryStreamName, Tags } = checked(requests.tag, input)
      const { tags } = streams.find(DeliveryStreamName)
      const added = Tags.filter(({ Key }) => !tags.has(Key))
      if (tags.size + added.length > MOST_TAGS)
        throw new AwsError('LimitExceededException', `A stream has at most ${MOST_TAGS} tags.`)
      for (const { Key, Value } of Tags) tags.set(Key, Value)
    },
    ListTagsForDeliveryStream: (input) => {
      const { DeliveryStreamName, Limit, ExclusiveStartTagKey: after } = checked(requests.listTags, input)
      const { tags } = streams.find(DeliveryStreamName)
      const sorted = [...tags].toSorted(([a], [b]) => (a < b ? -1 : 1))
      const rest = sorted.filter(([key]) => after === undefined || key > after)
      return {
        Tags: rest.slice(0, Limit).map(([Key, Value]) => ({ Key, Value })),
        HasMoreTags: rest.length > Limit,
      }
    },
    UntagDeliveryStream: (input) => {
      const { DeliveryStreamName, TagKeys } = checked(requests.untag, input)
      const { tags } = streams.find(DeliveryStreamName)
      for (const key of TagKeys) tags.delete(key)
    },
  }
}
