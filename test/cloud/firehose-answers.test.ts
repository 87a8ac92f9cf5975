import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  ListTagsForDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  StopDeliveryStreamEncryptionCommand,
  UntagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose'
import { describe, expect, it } from '@jest/globals'
import { awsPeer, type AwsPeer } from './aws-peer.ts'

const named = ({ name }: AwsPeer) => ({ DeliveryStreamName: name.stream })
const Record = { Data: Buffer.from('{}') }
const DestinationId = 'destinationId-000000000001'

/** Whether our Firehose answers as moto's does: these run on both. */
describe('Firehose answers', () => {
  it('to a stream that there is not', async () => {
    await using peer = await awsPeer()
    const { firehose } = peer.aws
    const stream = named(peer)
    const missing = {
      awsCode: 'ResourceNotFoundException',
      message: expect.stringContaining(`Firehose ${peer.name.stream} under account 123456789012 not found.`),
    }
    await expect(firehose.send(new DescribeDeliveryStreamCommand(stream))).rejects.toMatchObject(missing)
    await expect(firehose.send(new DeleteDeliveryStreamCommand(stream))).rejects.toMatchObject(missing)
    await expect(firehose.send(new PutRecordCommand({ ...stream, Record }))).rejects.toMatchObject(missing)
    await expect(firehose.send(new ListTagsForDeliveryStreamCommand(stream))).rejects.toMatchObject(missing)
    const put = new PutRecordBatchCommand({ ...stream, Records: [Record] })
    await expect(firehose.send(put)).rejects.toMatchObject(missing)
  })

  it('to a stream that is made twice', async () => {
    await using peer = await awsPeer({ isRoleAssumable: () => true })
    const RoleARN = 'arn:aws:iam::123456789012:role/other'
    const ExtendedS3DestinationConfiguration = { RoleARN, BucketARN: 'arn:aws:s3:::other' }
    const create = new CreateDeliveryStreamCommand({ ...named(peer), ExtendedS3DestinationConfiguration })
    await peer.aws.firehose.send(create)
    await expect(peer.aws.firehose.send(create)).rejects.toMatchObject({
      awsCode: 'ResourceInUseException',
      message: expect.stringContaining(
        `Firehose ${peer.name.stream} under accountId 123456789012 already exists`,
      ),
    })
  })

  it('to puts, by one answer a record', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const { firehose } = peer.aws
    const { RecordId } = await firehose.send(new PutRecordCommand({ ...named(peer), Record }))
    expect(RecordId).toMatch(/./)
    const batch = await firehose.send(
      new PutRecordBatchCommand({ ...named(peer), Records: [Record, Record] }),
    )
    expect(batch.FailedPutCount).toBe(0)
    expect(new Set(batch.RequestResponses?.map((response) => response.RecordId)).size).toBe(2)
  })

  it('to lists, tags and encryption', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const { firehose } = peer.aws
    const before = { ExclusiveStartDeliveryStreamName: peer.name.stream }
    const { DeliveryStreamNames } = await firehose.send(new ListDeliveryStreamsCommand({ Limit: 10_000 }))
    expect(DeliveryStreamNames).toContain(peer.name.stream)
    const after = await firehose.send(new ListDeliveryStreamsCommand(before))
    expect(after.DeliveryStreamNames).not.toContain(peer.name.stream)
    await firehose.send(new UntagDeliveryStreamCommand({ ...named(peer), TagKeys: ['managed-by'] }))
    const { Tags } = await firehose.send(new ListTagsForDeliveryStreamCommand(named(peer)))
    expect(Tags?.map(({ Key }) => Key)).toEqual(['ripplerank-term'])
    await firehose.send(new StopDeliveryStreamEncryptionCommand(named(peer)))
    const { DeliveryStreamDescription: found } = await firehose.send(
      new DescribeDeliveryStreamCommand(named(peer)),
    )
    expect(found?.DeliveryStreamEncryptionConfiguration?.Status).toMatch(/^DISABL/)
  })

  it('to a change of the destination, and of one that is another version', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const update = (CurrentDeliveryStreamVersionId: string) =>
      peer.aws.firehose.send(
        new UpdateDestinationCommand({
          ...named(peer),
          CurrentDeliveryStreamVersionId,
          DestinationId,
          ExtendedS3DestinationUpdate: { Prefix: 'elsewhere/' },
        }),
      )
    await update('1')
    const { DeliveryStreamDescription: found } = await peer.aws.firehose.send(
      new DescribeDeliveryStreamCommand(named(peer)),
    )
    expect(found?.VersionId).toBe('2')
    const [destination] = found?.Destinations ?? []
    expect(destination?.ExtendedS3DestinationDescription).toMatchObject({
      Prefix: 'elsewhere/',
      BucketARN: `arn:aws:s3:::${peer.settings.bucket}`,
    })
    await expect(update('1')).rejects.toMatchObject({ awsCode: 'ConcurrentModificationException' })
  })
})
