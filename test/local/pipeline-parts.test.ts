import { randomUUID } from 'node:crypto'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketEncryptionCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { startIam } from '../../src/local/start-iam.ts'
import { startLogs } from '../../src/local/start-logs.ts'
import { testServices } from '../environment/services.ts'
import { manualClock } from './manual-clock.ts'

const STARTED_AT_MS = Date.UTC(2018, 11, 9, 22, 10, 30)
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
const region = 'us-east-1'

describe('the local IAM', () => {
  const RoleName = 'firehose'
  const PolicyName = 'deliver'
  const document = JSON.stringify({ Statement: [{ Action: 'a&b <c>', Resource: '*' }] })

  it('keeps roles with their policies and tags', async () => {
    await using iam = await startIam({ clock: manualClock(STARTED_AT_MS) })
    const client = new IAMClient({ endpoint: iam.endpoint, region, credentials })
    const Tags = [{ Key: 'managed-by', Value: 'ripplerank' }]
    await client.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}', Description: 'a&b', Tags }),
    )
    await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document }))
    await client.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'team', Value: 'storm' }] }))
    const { Role } = await client.send(new GetRoleCommand({ RoleName }))
    expect(Role).toMatchObject({
      RoleName,
      Arn: 'arn:aws:iam::123456789012:role/firehose',
      CreateDate: new Date(STARTED_AT_MS),
      AssumeRolePolicyDocument: encodeURIComponent(document),
      Description: 'a&b',
      Tags: [...Tags, { Key: 'team', Value: 'storm' }],
    })
    expect([iam.isRoleAssumable(Role?.Arn ?? ''), iam.isRoleAssumable('other')]).toEqual([true, false])
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }))
    expect(await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).toMatchObject({
      PolicyDocument: encodeURIComponent(document),
    })
  })

  it('refuses what IAM refuses', async () => {
    await using iam = await startIam({ clock: manualClock(STARTED_AT_MS) })
    const client = new IAMClient({ endpoint: iam.endpoint, region, credentials })
    const create = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}' })
    const missing = { name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } }
    await expect(client.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject(missing)
    await client.send(create)
    await expect(client.send(create)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: '{}' }))
    const conflict = { name: 'DeleteConflictException' }
    await expect(client.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict)
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
    const again = client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
    await expect(again).rejects.toMatchObject(missing)
    await client.send(new DeleteRoleCommand({ RoleName }))
    await expect(client.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(missing)
    const wrong = [
      new CreateRoleCommand({ RoleName: 'a b', AssumeRolePolicyDocument: '{}' }),
      new CreateRoleCommand({ RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: '{}' }),
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: 'no json' }),
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'a', Value: '%' }] }),
    ]
    for (const command of wrong)
      await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationError' })
  })
})

describe('the local logs', () => {
  it('keep groups and their streams', async () => {
    await using logs = await startLogs({ clock: manualClock(STARTED_AT_MS), region })
    const client = new CloudWatchLogsClient({ endpoint: logs.endpoint, region, credentials })
    const logGroupName = '/aws/kinesisfirehose/storm'
    const group = { logGroupName }
    const stream = { ...group, logStreamName: 'errors' }
    const missing = { name: 'ResourceNotFoundException' }
    const there = { name: 'ResourceAlreadyExistsException' }
    await expect(client.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject(missing)
    await client.send(new CreateLogGroupCommand(group))
    await expect(client.send(new CreateLogGroupCommand(group))).rejects.toMatchObject(there)
    await client.send(new CreateLogStreamCommand(stream))
    await expect(client.send(new CreateLogStreamCommand(stream))).rejects.toMatchObject(there)
    await client.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 14 }))
    const groups = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/kinesis' }))
    expect(groups.logGroups).toEqual([
      {
        logGroupName,
        creationTime: STARTED_AT_MS,
        retentionInDays: 14,
        arn: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:*`,
      },
    ])
    const streams = await client.send(new DescribeLogStreamsCommand({ ...group, logStreamNamePrefix: 'e' }))
    expect(streams.logStreams).toMatchObject([{ logStreamName: 'errors' }])
    await client.send(new DeleteLogGroupCommand(group))
    await expect(client.send(new DeleteLogGroupCommand(group))).rejects.toMatchObject(missing)
  })
})

describe('the local S3', () => {
  const { s3: access } = testServices()
  const client = new S3Client({ ...access, credentials: access, forcePathStyle: true })
  const Bucket = `settings-${randomUUID()}`

  beforeAll(() => client.send(new CreateBucketCommand({ Bucket })))

  it('keeps whom a bucket is closed to', async () => {
    await expect(client.send(new GetBucketEncryptionCommand({ Bucket }))).rejects.toMatchObject({
      name: 'ServerSideEncryptionConfigurationNotFoundError',
    })
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, BlockPublicPolicy: false }
    await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
    const found = await client.send(new GetPublicAccessBlockCommand({ Bucket }))
    expect(found.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration)
    await expect(client.send(new GetPublicAccessBlockCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })

  it('says of other settings that it does not know them, and does nothing else instead', async () => {
    const unknown = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } }
    await expect(client.send(new DeleteBucketPolicyCommand({ Bucket }))).rejects.toMatchObject(unknown)
    const tagging = { Bucket, Key: 'raw/object', Tagging: { TagSet: [] } }
    await expect(client.send(new PutObjectTaggingCommand(tagging))).rejects.toMatchObject(unknown)
    expect(await client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({
      $metadata: { httpStatusCode: 200 },
    })
  })
})
