import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  ListTagsForDeliveryStreamCommand,
  PutRecordBatchCommand,
  TagDeliveryStreamCommand,
} from '@aws-sdk/client-firehose'
import { DeleteRolePolicyCommand, GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam'
import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { pipelineStatus } from '../../src/cloud/pipeline-status.ts'
import { roleName } from '../../src/cloud/pipeline-name.ts'
import type { PartReport } from '../../src/cloud/pipeline.ts'
import { awsPeer, MOTO, type AwsPeer } from './aws-peer.ts'

/** moto knows no states that pass, no faults and no roles that Firehose cannot take on. */
const itHere = MOTO === undefined ? it : it.skip

const changesOf = (parts: readonly PartReport[]) =>
  Object.fromEntries(parts.map(({ part, changes }) => [part, changes]))
const NOTHING = { bucket: [], role: [], logs: [], stream: [] }
const CREATED = {
  bucket: ['create', 'close to the public', 'encrypt'],
  role: ['create', 'let Firehose take it on', 'allow what delivery needs'],
  logs: ['create', 'keep for 14 days', 'create its stream DestinationDelivery'],
  stream: ['create'],
}
const named = ({ name }: AwsPeer) => ({ DeliveryStreamName: name.stream })
const described = async (peer: AwsPeer) =>
  (await peer.aws.firehose.send(new DescribeDeliveryStreamCommand(named(peer)))).DeliveryStreamDescription

describe('a pipeline', () => {
  it('is made once, however often it is created', async () => {
    await using peer = await awsPeer()
    expect(changesOf(await peer.create())).toEqual(CREATED)
    peer.takeCalls()
    expect(changesOf(await peer.create())).toEqual(NOTHING)
    expect(peer.takeCalls().filter((call) => /^(Create|Put|Update|Tag|Start|Delete)/.test(call))).toEqual([])
    expect(peer.warnings).toEqual([])
  })

  it('is made of a closed, encrypted bucket, a role of few rights, and a stream that says what it is for', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const { aws, name, settings } = peer
    const Bucket = settings.bucket
    const closed = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }))
    expect(Object.values(closed.PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true])
    const encryption = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }))
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ])
    const RoleName = roleName(name, aws.region)
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }))
    const stream = await described(peer)
    const [, , , , account] = Role?.Arn?.split(':') ?? []
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'firehose.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': stream?.DeliveryStreamARN },
          },
        },
      ],
    })
    const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'deliver-to-s3' }))
    const objects = [`arn:aws:s3:::${Bucket}/${name.prefix}*`, `arn:aws:s3:::${Bucket}/${name.errorPrefix}*`]
    expect(JSON.parse(decodeURIComponent(policy.PolicyDocument ?? '')).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: `arn:aws:s3:::${Bucket}`,
      },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Resource: objects,
      },
      {
        Effect: 'Allow',
        Action: 'logs:PutLogEvents',
        Resource: `arn:aws:logs:us-east-1:${account}:log-group:${name.logGroup}:log-stream:DestinationDelivery`,
      },
    ])
    expect(stream).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { KeyType: 'AWS_OWNED_CMK' },
      Destinations: [
        {
          ExtendedS3DestinationDescription: {
            RoleARN: Role?.Arn,
            BucketARN: `arn:aws:s3:::${Bucket}`,
            Prefix: name.prefix,
            ErrorOutputPrefix: name.errorPrefix,
            BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
            CompressionFormat: 'UNCOMPRESSED',
            CloudWatchLoggingOptions: { Enabled: true, LogGroupName: name.logGroup },
          },
        },
      ],
    })
    const { Tags } = await aws.firehose.send(new ListTagsForDeliveryStreamCommand(named(peer)))
    expect(Tags).toEqual([
      { Key: 'managed-by', Value: 'ripplerank' },
      { Key: 'ripplerank-term', Value: name.term.replace('#', '=23') },
    ])
  })

  it('takes records to the folder that its name tells', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const Records = ['{"a":1}', '{"b":2}'].map((data) => ({ Data: Buffer.from(data) }))
    await peer.aws.firehose.send(new PutRecordBatchCommand({ ...named(peer), Records }))
    await peer.firehose?.flush()
    const [body, ...others] = await peer.bodies(`${peer.name.prefix}${new Date().getUTCFullYear()}/`)
    expect(others).toEqual([])
    // moto overlooks delimiters.
    expect(body).toBe(MOTO === undefined ? '{"a":1}\n{"b":2}\n' : '{"a":1}{"b":2}')
  })

  it('is changed where the settings are others', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const other = { bufferSeconds: 60, isCompressed: true }
    const wanted = { ...NOTHING, stream: ['buffer 60 s or 5 MiB, compress by gzip'] }
    expect(changesOf(await peer.create(other, { isDryRun: true }))).toEqual(wanted)
    expect(changesOf(await peer.create(other))).toEqual(wanted)
    expect(changesOf(await peer.create(other))).toEqual(NOTHING)
    expect(await pipelineStatus(peer.context)).toMatchObject({
      status: 'ACTIVE',
      isEncrypted: true,
      settings: { ...peer.settings, ...other },
      parts: [],
    })
  })

  it('is only spoken of in a dry run', async () => {
    await using peer = await awsPeer()
    const isDryRun = true
    expect(changesOf(await peer.create({}, { isDryRun }))).toEqual(CREATED)
    await expect(described(peer)).rejects.toMatchObject({ awsCode: 'ResourceNotFoundException' })
    await peer.create()
    peer.takeCalls()
    const { parts } = await peer.remove({ withData: false }, { isDryRun })
    expect(changesOf(parts)).toEqual({ stream: ['delete'], role: ['delete'], logs: ['delete'] })
    expect(peer.takeCalls().filter((call) => !/^(Describe|List|Get|Head)/.test(call))).toEqual([])
    expect(changesOf(await peer.create())).toEqual(NOTHING)
  })

  it('that is half there is completed', async () => {
    await using peer = await awsPeer()
    const { aws, name } = peer
    await peer.create()
    const RoleName = roleName(name, aws.region)
    await aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'deliver-to-s3' }))
    await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: name.logGroup }))
    const wrong = { ...NOTHING, role: ['allow what delivery needs'], logs: CREATED.logs }
    const { parts } = await pipelineStatus(peer.context)
    expect({ ...NOTHING, ...changesOf(parts) }).toEqual(wrong)
    expect(changesOf(await peer.create())).toEqual(wrong)
    expect(changesOf(await peer.create())).toEqual(NOTHING)
  })

  it('that somebody made without tags and encryption gets both', async () => {
    await using peer = await awsPeer({ isRoleAssumable: () => true })
    await createElsewhere(peer)
    if (peer.firehose !== undefined) await untilStatus(peer, 'ACTIVE')
    const { stream = [] } = changesOf(await peer.create())
    expect(stream).toEqual([
      expect.stringContaining('end each record with a line end'),
      'tag it with the term',
      'encrypt',
    ])
    expect(changesOf(await peer.create())).toEqual(NOTHING)
  })

  it('closes a bucket that somebody made', async () => {
    await using peer = await awsPeer()
    const Bucket = peer.settings.bucket
    await peer.aws.s3.send(new CreateBucketCommand({ Bucket }))
    // Where nobody chose a key, S3 chooses one itself, and moto none.
    expect(changesOf(await peer.create()).bucket).toEqual(['close to the public', 'encrypt'])
    expect(changesOf(await peer.create()).bucket).toEqual([])
  })

  it('of another term under the same name is left alone', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const Tags = [{ Key: 'ripplerank-term', Value: 'another' }]
    await peer.aws.firehose.send(new TagDeliveryStreamCommand({ ...named(peer), Tags }))
    const refusal = { code: 'conflict', message: expect.stringContaining('is that of the term another') }
    await expect(peer.create()).rejects.toMatchObject(refusal)
    await expect(peer.remove()).rejects.toMatchObject(refusal)
  })
})

/** By a creation that is interrupted before the stream. */
async function createRoleAgain(peer: AwsPeer): Promise<void> {
  const stop = new AbortController()
  const begin = (what: string) => ({
    still: () => {},
    done: () => what.startsWith('logs') && stop.abort(new Error('interrupted')),
  })
  await expect(peer.create({}, { begin, signal: stop.signal })).rejects.toThrow('interrupted')
}

describe('the deletion of a pipeline', () => {
  it('keeps the data and says where it is, and is done once', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const { aws, name, settings } = peer
    const Key = `${name.prefix}2018/12/09/22/object`
    await aws.s3.send(new PutObjectCommand({ Bucket: settings.bucket, Key, Body: 'kept' }))
    const { parts, data, isDataKept } = await peer.remove()
    expect(changesOf(parts)).toEqual({ stream: ['delete'], role: ['delete'], logs: ['delete'] })
    expect([data, isDataKept]).toEqual([`s3://${settings.bucket}/${name.prefix}`, true])
    expect(await peer.bodies(name.prefix)).toEqual(['kept'])
    expect(changesOf((await peer.remove()).parts)).toEqual({ stream: [], role: [], logs: [] })
    expect(await pipelineStatus(peer.context)).toMatchObject({ status: 'none', parts: [] })
  })

  it('takes the data along where that is asked for, and no other', async () => {
    await using peer = await awsPeer()
    await peer.create()
    const { aws, name, settings } = peer
    const Bucket = settings.bucket
    const keys = [`${name.prefix}a`, `${name.prefix}b`, `${name.errorPrefix}c`, 'raw/other/d']
    for (const Key of keys) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
    const dry = await peer.remove({ withData: true }, { isDryRun: true })
    expect(changesOf(dry.parts)).toMatchObject({ data: ['delete 3 objects'] })
    expect(await peer.bodies('')).toHaveLength(4)
    expect(changesOf((await peer.remove({ withData: true })).parts)).toMatchObject({
      data: ['delete 3 objects'],
    })
    expect(await peer.bodies('')).toEqual(['raw/other/d'])
  })

  it('removes what is left of a creation that was interrupted', async () => {
    await using peer = await awsPeer()
    await createRoleAgain(peer)
    const { status, parts } = await pipelineStatus(peer.context)
    expect([status, changesOf(parts)]).toEqual(['none', { role: ['delete'], logs: ['delete'] }])
    expect(changesOf((await peer.remove()).parts)).toEqual({ stream: [], role: ['delete'], logs: ['delete'] })
    expect(await pipelineStatus(peer.context)).toMatchObject({ status: 'none', parts: [] })
  })
})

describe('a stream that is not ready', () => {
  itHere('is made once by two who create it at the same moment', async () => {
    await using peer = await awsPeer({ creatingMs: 300 })
    await Promise.all([peer.create(), peer.create()])
    expect((await described(peer))?.DeliveryStreamStatus).toBe('ACTIVE')
    expect(changesOf(await peer.create())).toEqual(NOTHING)
  })

  itHere('is left to whoever was faster, and mended by the next run', async () => {
    let asked = 0
    const isRoleAssumable = (): boolean => {
      asked += 1
      if (asked === 1) void createElsewhere(peer)
      return asked > 1
    }
    await using peer: AwsPeer = await awsPeer({ isRoleAssumable })
    expect(changesOf(await peer.create({}, { pollMs: 200 })).stream).toEqual(['create'])
    expect(asked).toBe(2)
    expect(changesOf(await peer.create()).stream).toContain('tag it with the term')
  })

  itHere('is deleted once it is made, and made once it is deleted', async () => {
    await using peer = await awsPeer({ creatingMs: 300, deletingMs: 300, isRoleAssumable: () => true })
    await createElsewhere(peer)
    expect((await described(peer))?.DeliveryStreamStatus).toBe('CREATING')
    expect(changesOf(await peer.create({}, { isDryRun: true })).stream).toEqual(['wait until it is ACTIVE'])
    expect(changesOf((await peer.remove()).parts).stream).toEqual(['delete'])
    await expect(described(peer)).rejects.toMatchObject({ awsCode: 'ResourceNotFoundException' })
    await peer.create()
    await peer.aws.firehose.send(new DeleteDeliveryStreamCommand(named(peer)))
    expect(await pipelineStatus(peer.context)).toMatchObject({ status: 'DELETING', parts: [] })
    const waiting = ['wait until it is deleted', 'create']
    expect(changesOf(await peer.create({}, { isDryRun: true })).stream).toEqual(waiting)
    expect(changesOf(await peer.create())).toEqual({ ...NOTHING, stream: ['create'] })
  })

  itHere('is made anew where it failed, by the next run', async () => {
    await using peer = await awsPeer({ faults: { failsCreation: true } })
    await expect(peer.create()).rejects.toMatchObject({
      code: 'refused',
      message: `the stream ${peer.name.stream} could not be created: Creation fails here on purpose.`,
    })
    expect(await pipelineStatus(peer.context)).toMatchObject({ status: 'none' })
    peer.firehose?.inject({})
    expect(changesOf(await peer.create())).toEqual({ ...NOTHING, stream: ['create'] })
  })

  itHere('that was left failed by somebody is replaced', async () => {
    await using peer = await awsPeer({ faults: { failsCreation: true }, isRoleAssumable: () => true })
    await createElsewhere(peer)
    await untilStatus(peer, 'CREATING_FAILED')
    peer.firehose?.inject({})
    const { stream } = changesOf(await peer.create({}, { isDryRun: true }))
    expect(stream).toEqual(['delete what is CREATING_FAILED', 'create'])
    await peer.create()
    expect(changesOf(await peer.create())).toEqual(NOTHING)
  })

  itHere('waits for its role to be known', async () => {
    let asked = 0
    await using peer = await awsPeer({ isRoleAssumable: () => (asked += 1) > 3 })
    const told: string[] = []
    const begin = (what: string) => ({
      still: () => void told.push(`still: ${what}`),
      done: (outcome: string) => void told.push(`${what}: ${outcome}`),
    })
    await peer.create({}, { begin })
    expect(asked).toBe(4)
    const waiting = 'wait for the role to be known'
    const still = `still: ${waiting}`
    expect(told.filter((line) => line.includes(waiting))).toEqual([still, still, still, `${waiting}: `])
  })

  itHere('is not waited for any longer once the signal is aborted', async () => {
    await using peer = await awsPeer({ creatingMs: 60_000 })
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('Ctrl-C')), 300)
    await expect(peer.create({}, { signal: stop.signal })).rejects.toThrow('Ctrl-C')
  })
})

/** A stream of the pipeline's name that somebody made by other means. */
async function createElsewhere(peer: AwsPeer): Promise<void> {
  const RoleARN = 'arn:aws:iam::123456789012:role/other'
  const ExtendedS3DestinationConfiguration = { RoleARN, BucketARN: 'arn:aws:s3:::other' }
  await peer.aws.firehose.send(
    new CreateDeliveryStreamCommand({ ...named(peer), ExtendedS3DestinationConfiguration }),
  )
}

async function untilStatus(peer: AwsPeer, status: string): Promise<void> {
  for (;;) if ((await described(peer))?.DeliveryStreamStatus === status) return
}
