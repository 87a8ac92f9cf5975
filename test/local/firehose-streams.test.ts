import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  ListTagsForDeliveryStreamCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand,
  StopDeliveryStreamEncryptionCommand,
  TagDeliveryStreamCommand,
  UntagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose'
import { describe, expect, it } from '@jest/globals'
import { firehosePeer, ROLE } from './firehose-peer.ts'

const named = { DeliveryStreamName: 'storm' }
const destination = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::ripplerank' }
const creation = { ...named, ExtendedS3DestinationConfiguration: destination }

describe('a stream of the local Firehose', () => {
  it('is CREATING, then ACTIVE, then DELETING, then gone', async () => {
    await using peer = await firehosePeer()
    const { client, clock, statusOf } = peer
    const { DeliveryStreamARN } = await client.send(new CreateDeliveryStreamCommand(creation))
    expect(DeliveryStreamARN).toBe('arn:aws:firehose:us-east-1:123456789012:deliverystream/storm')
    expect(await statusOf('storm')).toBe('CREATING')
    clock.advance(999)
    expect(await statusOf('storm')).toBe('CREATING')
    clock.advance(1)
    expect(await statusOf('storm')).toBe('ACTIVE')
    await client.send(new DeleteDeliveryStreamCommand(named))
    expect(await statusOf('storm')).toBe('DELETING')
    await expect(client.send(new CreateDeliveryStreamCommand(creation))).rejects.toMatchObject({
      name: 'ResourceInUseException',
    })
    clock.advance(1000)
    await expect(statusOf('storm')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Firehose storm under account 123456789012 not found.',
      $metadata: { httpStatusCode: 400 },
    })
    await client.send(new CreateDeliveryStreamCommand(creation))
    expect(await statusOf('storm')).toBe('CREATING')
  })

  it('takes no records and no deletion while it is CREATING', async () => {
    await using peer = await firehosePeer()
    const { client } = peer
    await client.send(new CreateDeliveryStreamCommand(creation))
    const put = client.send(new PutRecordCommand({ ...named, Record: { Data: Buffer.from('{}') } }))
    await expect(put).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const deletion = client.send(new DeleteDeliveryStreamCommand(named))
    await expect(deletion).rejects.toMatchObject({ name: 'ResourceInUseException' })
  })

  it('that fails to be created can only be deleted', async () => {
    await using peer = await firehosePeer({ faults: { failsCreation: true } })
    const { client, clock, createStream, statusOf } = peer
    await createStream('storm')
    expect(await statusOf('storm')).toBe('CREATING_FAILED')
    await expect(createStream('storm')).rejects.toMatchObject({ name: 'ResourceInUseException' })
    await client.send(new DeleteDeliveryStreamCommand(named))
    clock.advance(1000)
    await expect(statusOf('storm')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('is refused beyond the limit, without a role, and with settings that Firehose does not have', async () => {
    await using peer = await firehosePeer({ mostStreams: 1, isRoleAssumable: (arn) => arn === ROLE })
    const { client, createStream } = peer
    const create = (name: string, changes: object) =>
      client.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: name,
          ExtendedS3DestinationConfiguration: { ...destination, ...changes },
        }),
      )
    await expect(create('storm', { RoleARN: `${ROLE}2` })).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: `Firehose is unable to assume role ${ROLE}2. Please check the role provided.`,
    })
    const wrong = { name: 'ValidationException' }
    await expect(create('a storm', {})).rejects.toMatchObject(wrong)
    await expect(create('storm', { BucketARN: 'ripplerank' })).rejects.toMatchObject(wrong)
    await expect(create('storm', { BufferingHints: { SizeInMBs: 129 } })).rejects.toMatchObject(wrong)
    await expect(create('storm', { BufferingHints: { IntervalInSeconds: 901 } })).rejects.toMatchObject(wrong)
    await expect(create('storm', { CompressionFormat: 'LZ4' })).rejects.toMatchObject(wrong)
    await createStream('storm')
    await expect(create('storm2', {})).rejects.toMatchObject({ name: 'LimitExceededException' })
  })

  it('tells what it was created with, and what was changed since', async () => {
    await using peer = await firehosePeer()
    const { client, createStream } = peer
    const prefix = await createStream('storm', { CompressionFormat: 'GZIP' })
    const update = {
      ...named,
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } },
    }
    await client.send(new UpdateDestinationCommand(update))
    const { DeliveryStreamDescription } = await client.send(new DescribeDeliveryStreamCommand(named))
    expect(DeliveryStreamDescription).toMatchObject({
      VersionId: '2',
      CreateTimestamp: new Date('2018-12-09T23:59:58Z'),
      LastUpdateTimestamp: new Date('2018-12-09T23:59:59Z'),
      Destinations: [
        {
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationDescription: {
            ...destination,
            Prefix: prefix,
            CompressionFormat: 'GZIP',
            BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
          },
        },
      ],
    })
    await expect(client.send(new UpdateDestinationCommand(update))).rejects.toMatchObject({
      name: 'ConcurrentModificationException',
    })
  })

  it('is encrypted and decrypted in steps', async () => {
    await using peer = await firehosePeer()
    const { client, clock, createStream } = peer
    await createStream('storm')
    const encryption = async () =>
      (await client.send(new DescribeDeliveryStreamCommand(named))).DeliveryStreamDescription
        ?.DeliveryStreamEncryptionConfiguration
    expect(await encryption()).toEqual({ Status: 'DISABLED' })
    const start = new StartDeliveryStreamEncryptionCommand({
      ...named,
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    })
    await client.send(start)
    expect(await encryption()).toEqual({ KeyType: 'AWS_OWNED_CMK', Status: 'ENABLING' })
    await expect(client.send(start)).rejects.toMatchObject({ name: 'ResourceInUseException' })
    clock.advance(1000)
    expect(await encryption()).toEqual({ KeyType: 'AWS_OWNED_CMK', Status: 'ENABLED' })
    await client.send(new StopDeliveryStreamEncryptionCommand(named))
    clock.advance(1000)
    expect(await encryption()).toEqual({ Status: 'DISABLED' })
  })

  it('is listed by pages', async () => {
    await using peer = await firehosePeer()
    const { client, createStream } = peer
    for (const name of ['c', 'a', 'b']) await createStream(name)
    const list = (input: object) => client.send(new ListDeliveryStreamsCommand(input))
    expect(await list({ Limit: 2 })).toMatchObject({
      DeliveryStreamNames: ['a', 'b'],
      HasMoreDeliveryStreams: true,
    })
    expect(await list({ Limit: 2, ExclusiveStartDeliveryStreamName: 'b' })).toMatchObject({
      DeliveryStreamNames: ['c'],
      HasMoreDeliveryStreams: false,
    })
    expect(await list({ DeliveryStreamType: 'KinesisStreamAsSource' })).toMatchObject({
      DeliveryStreamNames: [],
    })
  })

  it('keeps tags, up to 50, of the characters that AWS takes', async () => {
    await using peer = await firehosePeer()
    const { client, createStream } = peer
    await createStream('storm')
    const tag = (Tags: { Key: string; Value: string }[]) =>
      client.send(new TagDeliveryStreamCommand({ ...named, Tags }))
    await tag([
      { Key: 'term', Value: 'photo of the day 100%25 ü' },
      { Key: 'b', Value: '' },
    ])
    await client.send(new UntagDeliveryStreamCommand({ ...named, TagKeys: ['b', 'none'] }))
    const { Tags, HasMoreTags } = await client.send(new ListTagsForDeliveryStreamCommand(named))
    expect({ Tags, HasMoreTags }).toEqual({
      Tags: [{ Key: 'term', Value: 'photo of the day 100%25 ü' }],
      HasMoreTags: false,
    })
    const wrong = { name: 'ValidationException' }
    await expect(tag([{ Key: 'term', Value: '#storm' }])).rejects.toMatchObject(wrong)
    await expect(tag([{ Key: 'aws:term', Value: 'storm' }])).rejects.toMatchObject(wrong)
    await expect(tag([{ Key: 'term', Value: 'x'.repeat(257) }])).rejects.toMatchObject(wrong)
    const many = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' }))
    await expect(tag(many)).rejects.toMatchObject({ name: 'LimitExceededException' })
  })
})
