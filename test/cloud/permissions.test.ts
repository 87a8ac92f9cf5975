import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose'
import { describe, expect, it } from '@jest/globals'
import { callerPolicy, permissions } from '../../src/cloud/permissions.ts'
import { pipelineStatus } from '../../src/cloud/pipeline-status.ts'
import { awsPeer } from './aws-peer.ts'

const folder = join(import.meta.dirname, '../../src/cloud')
const sources = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
const written = new Set(
  sources.flatMap((text) => [
    ...[...text.matchAll(/new (\w+)Command\(/g)].map(([, call]) => call),
    ...[...text.matchAll(/\bpaginate(\w+)\(/g)].map(([, call]) => call),
  ]),
)

describe('the policy for callers', () => {
  it('knows every call that is written in src/cloud, and no other', () => {
    expect(written).toEqual(new Set(Object.keys(permissions)))
  })

  it('knows every call that a pipeline makes in its life', async () => {
    await using peer = await awsPeer({ isRoleAssumable: () => true })
    const RoleARN = 'arn:aws:iam::123456789012:role/other'
    const stream = { DeliveryStreamName: peer.name.stream }
    const ExtendedS3DestinationConfiguration = { RoleARN, BucketARN: 'arn:aws:s3:::other' }
    await peer.create()
    await pipelineStatus(peer.context)
    await peer.remove({ withData: true })
    peer.takeCalls()
    await peer.aws.firehose.send(
      new CreateDeliveryStreamCommand({ ...stream, ExtendedS3DestinationConfiguration }),
    )
    expect(peer.takeCalls()).toEqual(['CreateDeliveryStream'])
    await peer.create()
    await peer.create({ isCompressed: true })
    await peer.remove({ withData: true })
    const made = new Set(peer.takeCalls())
    expect([...made].filter((call) => permissions[call] === undefined)).toEqual([])
    expect(made.size).toBeGreaterThan(20)
  })

  it('allows each action that a call takes, on places of pipelines only', () => {
    const site = { partition: 'aws', account: '123456789012', region: 'eu-west-1', bucket: 'tweets' }
    const { Statement } = callerPolicy(site)
    const allowed = Statement.flatMap(({ Action }) => Action)
    const needed = Object.values(permissions).flatMap(({ actions }) => actions)
    expect(new Set(allowed)).toEqual(new Set([...needed, 'firehose:PutRecordBatch', 'iam:PassRole']))
    const resources = Statement.flatMap(({ Resource = [] }) => Resource)
    expect(new Set(resources)).toEqual(
      new Set([
        'arn:aws:firehose:eu-west-1:123456789012:deliverystream/ripplerank-*',
        'arn:aws:iam::123456789012:role/ripplerank-*',
        'arn:aws:logs:eu-west-1:123456789012:log-group:*',
        'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/kinesisfirehose/ripplerank-*',
        'arn:aws:s3:::tweets',
        'arn:aws:s3:::tweets/raw/*',
        'arn:aws:s3:::tweets/errors/*',
      ]),
    )
    expect(Statement.find(({ Action }) => Action === 'iam:PassRole')?.Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'firehose.amazonaws.com' },
    })
  })
})
