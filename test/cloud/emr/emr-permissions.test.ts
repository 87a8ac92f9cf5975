import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createCluster, terminateCluster, untilUp } from '../../../src/cloud/emr/cluster.ts'
import { deploy } from '../../../src/cloud/emr/deploy.ts'
import {
  creatorPermissions,
  emrPermissions,
  nodePermissions,
} from '../../../src/cloud/emr/emr-permissions.ts'
import { EMR_ROLES, emrPolicy, emrTrust } from '../../../src/cloud/emr/emr-policy.ts'
import { readRelease } from '../../../src/cloud/emr/release.ts'
import { submitStep, untilEnded } from '../../../src/cloud/emr/step.ts'
import { stepRequest } from '../../../src/cloud/emr/step-request.ts'
import type { Statement } from '../../../src/cloud/role-policy.ts'
import { emrPeer } from './emr-peer.ts'
import { releaseFiles } from './release-files.ts'

const folder = join(import.meta.dirname, '../../../src/cloud/emr')
const written = new Set(
  [...readdirSync(folder), '../iam-role.ts', '../bucket-state.ts']
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .flatMap((text) => [
      ...[...text.matchAll(/new (\w+)Command\(/g)].map(([, call]) => call),
      ...[...text.matchAll(/\bpaginate(\w+)\(/g)].map(([, call]) => call),
    ]),
)
const site = {
  partition: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  bucket: 'tweets',
  secret: 'ripplerank/database',
  roles: { service: 'svc', node: 'node', schedule: 'sched' },
}
const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => Action)

describe('the policies for EMR', () => {
  it('know every call that is written in src/cloud/emr, and no other', () => {
    const known = [emrPermissions, creatorPermissions, nodePermissions].flatMap(Object.keys)
    expect(written).toEqual(new Set(known))
  })

  it('know every call that a cluster takes in its life', async () => {
    await using peer = await emrPeer('exit 0')
    const { bucket, context, settings } = peer
    const release = await readRelease(await releaseFiles(peer.folder, 'exit 0 # other'))
    await deploy({ bucket, release, isDryRun: false }, context)
    const { cluster } = await createCluster(settings, context)
    await untilUp(cluster.id, context)
    const slot = '2026-01-02T01:15:00Z'
    const named = { inputs: [], flags: [], lake: 's3://a/b', databaseSecret: 's', region: 'r' }
    const step = stepRequest({ slot, ...named })
    const submitted = await submitStep({ clusterId: cluster.id, slot, step, isAgain: false }, context)
    await untilEnded({ clusterId: cluster.id, slot, id: submitted.step.id }, context)
    await terminateCluster(cluster.id, context)
    const made = new Set(peer.takeCalls())
    expect([...made].filter((call) => emrPermissions[call] === undefined)).toEqual([])
    expect(made.size).toBeGreaterThan(8)
  })

  it('allow the caller each action that a call takes, and to hand on three roles', () => {
    const { Statement } = emrPolicy('caller', site)
    const needed = Object.values(emrPermissions).flatMap(({ actions }) => actions)
    expect(new Set(actionsOf(Statement))).toEqual(new Set([...needed, 's3:ListBucket', 'iam:PassRole']))
    const passed = Statement.filter(({ Action }) => Action === 'iam:PassRole')
    expect(
      passed.map(({ Resource, Condition }) => [
        Resource,
        Condition?.['StringEquals']?.['iam:PassedToService'],
      ]),
    ).toEqual([
      ['arn:aws:iam::123456789012:role/svc', 'elasticmapreduce.amazonaws.com'],
      ['arn:aws:iam::123456789012:role/node', 'ec2.amazonaws.com'],
      ['arn:aws:iam::123456789012:role/sched', 'scheduler.amazonaws.com'],
    ])
  })

  it('let only the creator make roles, those three, with no policy of others but EMR’s', () => {
    const { Statement } = emrPolicy('creator', site)
    const needed = Object.values(creatorPermissions).flatMap(({ actions }) => actions)
    const besides = ['iam:PassRole', 'iam:CreateServiceLinkedRole']
    expect(new Set(actionsOf(Statement))).toEqual(new Set([...needed, ...besides]))
    expect(actionsOf(emrPolicy('caller', site).Statement)).not.toContain('iam:PutRolePolicy')
    expect(Statement.filter(({ Action }) => [Action].flat().includes('iam:AttachRolePolicy'))).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:AttachRolePolicy'],
        Resource: 'arn:aws:iam::123456789012:role/svc',
        Condition: {
          ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2' },
        },
      },
    ])
    expect(Statement.find(({ Action }) => [Action].flat().includes('iam:PutRolePolicy'))?.Resource).toEqual(
      ['svc', 'node', 'sched'].map((role) => `arn:aws:iam::123456789012:role/${role}`),
    )
  })

  it('keep roles to their places', () => {
    for (const role of EMR_ROLES) {
      const wide = emrPolicy(role, site).Statement.filter(({ Resource }) => Resource === '*')
      // What EMR checks against no resource.
      expect([
        role,
        wide.flatMap(({ Action }) => Action).every((action) => action.startsWith('elasticmapreduce:')),
      ]).toEqual([role, true])
      expect(actionsOf(emrPolicy(role, site).Statement).some((action) => action.includes('*'))).toBe(false)
    }
    const node = emrPolicy('node', site).Statement
    const writable = node.filter(({ Action }) => [Action].flat().includes('s3:PutObject'))
    expect(writable.flatMap(({ Resource = [] }) => Resource)).toEqual([
      'arn:aws:s3:::tweets/silver/*',
      'arn:aws:s3:::tweets/emr-logs/*',
    ])
    expect(node.at(-1)).toEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ripplerank/database-*',
    })
    expect(emrTrust('schedule', site).Statement[0]).toMatchObject({
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    })
  })
})
