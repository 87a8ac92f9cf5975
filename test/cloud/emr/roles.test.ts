import { randomUUID } from 'node:crypto'
import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { describe, expect, it } from '@jest/globals'
import { createCluster } from '../../../src/cloud/emr/cluster.ts'
import { ensureDeadLetters, lookAtDeadLetters } from '../../../src/cloud/emr/dead-letters.ts'
import { creatorPermissions, emrPermissions } from '../../../src/cloud/emr/emr-permissions.ts'
import { emrPolicy, emrTrust } from '../../../src/cloud/emr/emr-policy.ts'
import { ensureClusterRoles, ensureScheduleRole } from '../../../src/cloud/emr/roles.ts'
import { putSchedule, scheduleStatus } from '../../../src/cloud/emr/schedule.ts'
import { startScheduler } from '../../../src/local/start-scheduler.ts'
import { emrPeer } from './emr-peer.ts'

const site = {
  partition: 'aws',
  account: '*',
  region: 'us-east-1',
  bucket: 'tweets',
  secret: 'ripplerank/database',
  roles: {
    service: 'ripplerank-emr-service',
    node: 'ripplerank-emr-node',
    schedule: 'ripplerank-emr-schedule',
  },
}
const request = { site, isDryRun: false }
const known = { ...site, account: '123456789012' }

describe('the roles of a cluster', () => {
  it('are made once, told before, and waited for', async () => {
    let asked = 0
    await using peer = await emrPeer('', { isProfileUsable: () => (asked += 1) > 3 })
    const { context, settings } = peer
    await expect(createCluster(settings, context)).rejects.toThrow(
      'Invalid InstanceProfile: ripplerank-emr-node.',
    )
    peer.takeCalls()
    const told = await ensureClusterRoles({ site, isDryRun: true }, context)
    expect(peer.takeCalls().filter((call) => /^(Create|Put|Add|Attach|Update)/.test(call))).toEqual([])
    expect(told).toEqual([
      'make the role ripplerank-emr-service',
      'make the role ripplerank-emr-node',
      'attach AmazonEMRServicePolicy_v2 to ripplerank-emr-service',
      'make the instance profile ripplerank-emr-node',
      'put the role into the instance profile ripplerank-emr-node',
    ])
    const done = await ensureClusterRoles(request, context)
    expect(done).toEqual(expect.arrayContaining([...told]))
    expect(peer.iam.isProfileUsable('ripplerank-emr-node')).toBe(true)
    expect((await createCluster(settings, context, true)).isNew).toBe(true)
    expect(asked).toBe(4)
    peer.takeCalls()
    expect(await ensureClusterRoles(request, context)).toEqual([])
    const allowed = { ...emrPermissions, ...creatorPermissions }
    expect(peer.takeCalls().filter((call) => allowed[call] === undefined)).toEqual([])
  })

  it('allow what is printed, to the account that they are in, and are mended', async () => {
    await using peer = await emrPeer('')
    const { context, aws } = peer
    await ensureClusterRoles(request, context)
    for (const role of ['service', 'node'] as const) {
      const RoleName = site.roles[role]
      const named = { RoleName, PolicyName: 'ripplerank' }
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }))
      const { PolicyDocument } = await aws.iam.send(new GetRolePolicyCommand(named))
      const [trust, grants] = [Role?.AssumeRolePolicyDocument, PolicyDocument].map((text = '') =>
        JSON.parse(decodeURIComponent(text)),
      )
      expect([trust, grants]).toEqual([emrTrust(role, known), emrPolicy(role, known)])
      await aws.iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: '{}' }))
    }
    expect(await ensureClusterRoles(request, context)).toEqual([
      'allow ripplerank-emr-service what it needs',
      'allow ripplerank-emr-node what it needs',
    ])
  })

  it('are left alone where Ripplerank did not make them', async () => {
    await using peer = await emrPeer('')
    const input = { RoleName: site.roles.node, AssumeRolePolicyDocument: '{}' }
    await peer.aws.iam.send(new CreateRoleCommand(input))
    await expect(ensureClusterRoles(request, peer.context)).rejects.toMatchObject({
      code: 'conflict',
      message: 'the role ripplerank-emr-node was not made by Ripplerank',
    })
  })
})

describe('the role and the queue of a schedule', () => {
  it('are made once, and waited for', async () => {
    await using peer = await emrPeer('')
    let asked = 0
    await using scheduler = await startScheduler({
      emrEndpoint: peer.emr.endpoint,
      region: 'us-east-1',
      isRoleAssumable: (arn) => peer.iam.isRoleAssumable(arn) && (asked += 1) > 2,
    })
    const { context } = peer
    peer.lead('scheduler', scheduler.endpoint)
    const role = await ensureScheduleRole(request, context)
    expect(role.arn).toBe('arn:aws:iam::123456789012:role/ripplerank-emr-schedule')
    const name = `test-${randomUUID().slice(0, 8)}`
    const queue = await ensureDeadLetters(name, context)
    expect(queue).toMatchObject({
      isNew: true,
      arn: expect.stringMatching(/:ripplerank-test-[\da-f]{8}-dead-letters$/),
    })
    expect(await ensureDeadLetters(name, context)).toEqual({ ...queue, isNew: false })
    const settings = {
      name,
      clusterId: 'j-1',
      roleArn: role.arn ?? '',
      deadLetterArn: queue.arn,
      inputs: ['s3://tweets/raw/'],
      flags: [],
      lake: 's3://tweets/silver',
      databaseSecret: 's',
      region: 'us-east-1',
    }
    await expect(putSchedule(settings, context)).rejects.toThrow('to assume the role')
    expect(await putSchedule(settings, context, true)).toBe(true)
    expect(await scheduleStatus(name, context)).toMatchObject({ state: 'ENABLED', deadLetters: 0 })
    expect(await lookAtDeadLetters(`${queue.arn}-none`, context)).toBeUndefined()
    const unlisted = peer
      .takeCalls()
      .filter((call) => emrPermissions[call] === undefined && creatorPermissions[call] === undefined)
    expect(unlisted).toEqual([])
  })
})
