import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { startEmbedded, type Embedded } from '../../src/local/start-embedded.ts'
import { temporaryFolder } from './temporary-folder.ts'

const environment = { PATH: process.env['PATH'] }

const create = new CreateDeliveryStreamCommand({
  DeliveryStreamName: 'storm',
  ExtendedS3DestinationConfiguration: {
    RoleARN: 'arn:aws:iam::123456789012:role/storm',
    BucketARN: 'arn:aws:s3:::ripplerank',
    Prefix: 'raw/',
  },
})

const accessOf = ({ environment: variables }: Embedded, service: string) => ({
  endpoint: variables[`AWS_ENDPOINT_URL_${service}`] ?? '',
  region: variables['AWS_REGION'] ?? '',
  credentials: {
    accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? '',
  },
})

describe('the embedded Firehose', () => {
  it('brings S3 along, asks IAM for the role, and delivers what it holds before S3 ends', async () => {
    await using folder = await temporaryFolder()
    const stateDirectory = folder.path
    const embedded = await startEmbedded({ environment, services: ['firehose'], stateDirectory })
    const firehose = new FirehoseClient(accessOf(embedded, 'FIREHOSE'))
    await expect(firehose.send(create)).rejects.toMatchObject({ name: 'InvalidArgumentException' })
    await createStream(embedded)
    await put(firehose, '{"kept":true}')
    await embedded[Symbol.asyncDispose]()

    await using again = await startEmbedded({ environment, services: ['s3'], stateDirectory })
    expect(Object.keys(again.environment).filter((name) => /FIREHOSE|IAM|LOGS/.test(name))).toEqual([])
    expect(await bodies(again)).toEqual(['{"kept":true}'])
  })

  it('delivers to the S3 that a variable names', async () => {
    await using one = await temporaryFolder()
    await using other = await temporaryFolder()
    await using s3 = await startEmbedded({ environment, services: ['s3'], stateDirectory: one.path })
    const given = { ...environment, ...s3.environment }
    const embedded = await startEmbedded({
      environment: given,
      services: ['firehose'],
      stateDirectory: other.path,
    })
    expect(embedded.environment['AWS_ENDPOINT_URL_S3']).toBe(s3.environment['AWS_ENDPOINT_URL_S3'])
    await createStream(embedded)
    await put(new FirehoseClient(accessOf(embedded, 'FIREHOSE')), '{"kept":true}')
    await embedded[Symbol.asyncDispose]()
    expect(await bodies(s3)).toEqual(['{"kept":true}'])
  })
})

async function createStream(embedded: Embedded): Promise<void> {
  const iam = new IAMClient(accessOf(embedded, 'IAM'))
  await iam.send(new CreateRoleCommand({ RoleName: 'storm', AssumeRolePolicyDocument: '{}' }))
  await new FirehoseClient(accessOf(embedded, 'FIREHOSE')).send(create)
}

/** As soon as the stream is ACTIVE. */
async function put(firehose: FirehoseClient, data: string): Promise<void> {
  const command = new PutRecordCommand({ DeliveryStreamName: 'storm', Record: { Data: Buffer.from(data) } })
  for (;;) {
    try {
      await firehose.send(command)
      return
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error
    }
  }
}

async function bodies(embedded: Embedded): Promise<readonly string[]> {
  const s3 = new S3Client({ ...accessOf(embedded, 'S3'), forcePathStyle: true })
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'ripplerank' }))
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'ripplerank', Key }))
      return (await Body?.transformToString()) ?? ''
    }),
  )
}
