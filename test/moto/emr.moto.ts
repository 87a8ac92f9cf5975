import { randomUUID } from 'node:crypto'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { isClosed, isEncrypted } from '../../src/cloud/bucket-state.ts'
import { bucketLifecycle } from '../../src/cloud/emr/bucket-lifecycle.ts'
import { clockSkewMs, refusedActions, whoCalls } from '../../src/cloud/emr/caller.ts'
import { createCluster, findCluster, terminateCluster, untilUp } from '../../src/cloud/emr/cluster.ts'
import { databaseUrlFromSecret } from '../../src/cloud/emr/database-secret.ts'
import { ensureDeadLetters, lookAtDeadLetters } from '../../src/cloud/emr/dead-letters.ts'
import { deploy } from '../../src/cloud/emr/deploy.ts'
import { openEmr, type EmrClients, type EmrContext } from '../../src/cloud/emr/emr-clients.ts'
import { emrPolicy } from '../../src/cloud/emr/emr-policy.ts'
import { startManagedSession } from '../../src/cloud/emr/managed-session.ts'
import { readRelease } from '../../src/cloud/emr/release.ts'
import { ensureClusterRoles, ensureScheduleRole, rolesOfProfile } from '../../src/cloud/emr/roles.ts'
import { deleteSchedule, putSchedule, scheduleStatus } from '../../src/cloud/emr/schedule.ts'
import { cancelSteps, stepsOfSlot, submitStep } from '../../src/cloud/emr/step.ts'
import { stepRequest } from '../../src/cloud/emr/step-request.ts'
import { ANSWERS, MOTO, NEAR_WIRE, notedIn } from '../cloud/aws-peer.ts'
import { releaseFiles } from '../cloud/emr/release-files.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'

const endpoint = MOTO ?? ''
const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' }
const access = {
  region: 'us-east-1',
  credentials,
  endpoints: Object.fromEntries(
    ['emr', 's3', 'scheduler', 'iam', 'sqs', 'sts', 'secrets'].map((name) => [name, endpoint]),
  ),
}
const id = randomUUID().slice(0, 8)
const bucket = `ripplerank-${id}`
const site = {
  partition: 'aws',
  account: '123456789012',
  region: 'us-east-1',
  bucket,
  secret: 'ripplerank/database',
  roles: { service: `svc-${id}`, node: `node-${id}`, schedule: `sched-${id}` },
}
const request = { site, isDryRun: false }
const settings = {
  name: `moto-${id}`,
  releaseLabel: 'emr-spark-8.1.0',
  bucket,
  release: '0123456789abcdef',
  subnets: ['subnet-1'],
  primaryType: 'm7g.xlarge',
  coreType: 'm7g.xlarge',
  coreNodes: 1,
  taskTypes: ['m7g.xlarge'],
  taskNodes: 4,
  serviceRole: site.roles.service,
  instanceProfile: site.roles.node,
  kmsKey: undefined,
  idleSeconds: 3600,
  stepConcurrency: 1,
}
const work = {
  inputs: [`s3://${bucket}/raw/`],
  flags: ['--window', '24h'],
  lake: `s3://${bucket}/silver`,
  databaseSecret: site.secret,
  region: 'us-east-1',
}
const slot = '2026-01-02T01:15:00Z'

let aws: EmrClients
let context: EmrContext
beforeAll(async () => {
  aws = await openEmr(access)
  noteAnswers(ANSWERS)
  context = { aws, signal: new AbortController().signal, pollMs: 20, onStill: () => {} }
  await aws.s3.send(new CreateBucketCommand({ Bucket: bucket }))
})
afterAll(() => aws[Symbol.dispose]())

function noteAnswers(file = ''): void {
  if (file === '') return
  const note = notedIn(file)
  aws.emr.middlewareStack.add(note, NEAR_WIRE)
  aws.s3.middlewareStack.add(note, NEAR_WIRE)
  aws.iam.middlewareStack.add(note, NEAR_WIRE)
  aws.sqs.middlewareStack.add(note, NEAR_WIRE)
  aws.sts.middlewareStack.add(note, NEAR_WIRE)
  aws.scheduler.middlewareStack.add(note, NEAR_WIRE)
}

describe('on moto', () => {
  it('a release is uploaded once', async () => {
    await using folder = await temporaryFolder()
    const release = await readRelease(await releaseFiles(folder.path, 'exit 0'))
    const deployment = { bucket, release, isDryRun: false }
    expect((await deploy(deployment, context)).uploaded).toHaveLength(6)
    expect((await deploy(deployment, context)).uploaded).toEqual([])
  })

  it('roles, profile and queue are made once', async () => {
    expect(await ensureClusterRoles(request, context)).not.toEqual([])
    expect(await rolesOfProfile(site.roles.node, context)).toEqual([site.roles.node])
    expect(await ensureClusterRoles(request, context)).toEqual([])
    expect((await ensureScheduleRole(request, context)).arn).toMatch(/:role\/sched-/)
    expect((await ensureScheduleRole(request, context)).changes).toEqual([])
    const queue = await ensureDeadLetters(id, context)
    expect([queue.isNew, (await ensureDeadLetters(id, context)).isNew]).toEqual([true, false])
    expect(await lookAtDeadLetters(queue.arn, context)).toEqual({ arn: queue.arn, waiting: 0 })
    expect(await lookAtDeadLetters(`${queue.arn}-none`, context)).toBeUndefined()
  })

  it('a cluster is made once, takes each slot’s step once, and ends', async () => {
    const { cluster, isNew } = await createCluster(settings, context)
    expect(isNew).toBe(true)
    expect((await untilUp(cluster.id, context)).name).toBe(settings.name)
    expect((await createCluster(settings, context)).isNew).toBe(false)
    const submission = { clusterId: cluster.id, slot, step: stepRequest({ ...work, slot }), isAgain: false }
    expect((await submitStep(submission, context)).isNew).toBe(true)
    expect((await submitStep(submission, context)).isNew).toBe(false)
    expect(await stepsOfSlot(cluster.id, slot, context)).toHaveLength(1)
    await expect(cancelSteps(cluster.id, slot, context)).rejects.toThrow(DIFFERS.CancelSteps)
    expect((await terminateCluster(cluster.id, context)).state).toBe('TERMINATED')
    expect(await findCluster(settings.name, context)).toBeUndefined()
  })

  it('a schedule is put twice, shown and deleted', async () => {
    const { arn: roleArn = '' } = await ensureScheduleRole(request, context)
    const { arn: deadLetterArn } = await ensureDeadLetters(id, context)
    const schedule = { ...work, name: id, clusterId: 'j-1', roleArn, deadLetterArn }
    expect(await putSchedule(schedule, context)).toBe(true)
    expect(await putSchedule({ ...schedule, clusterId: 'j-2' }, context)).toBe(false)
    expect(await scheduleStatus(id, context)).toMatchObject({
      state: 'ENABLED',
      clusterId: 'j-2',
      deadLetters: 0,
    })
    expect([await deleteSchedule(id, context), await deleteSchedule(id, context)]).toEqual([true, false])
    expect(await scheduleStatus(id, context)).toBeUndefined()
  })

  it('the caller, the clock and the bucket are looked at', async () => {
    expect((await whoCalls(context)).account).toBe('123456789012')
    expect(Math.abs(await clockSkewMs(context))).toBeLessThan(2_000)
    expect(await isClosed(bucket, context)).toBe(false)
    expect(await isEncrypted(bucket, context)).toBe(false)
    expect(await bucketLifecycle(bucket, context)).toEqual({ harmful: [], keepsDeleted: false })
  })

  it('the database’s address comes out of its secret', async () => {
    const SecretString = 'mysql://ann:hush@db:3306/scores'
    const secrets = new SecretsManagerClient({ region: 'us-east-1', endpoint, credentials })
    await secrets.send(new CreateSecretCommand({ Name: id, SecretString }))
    secrets.destroy()
    expect(await databaseUrlFromSecret(id, access, context.signal)).toBe(SecretString)
  })

  it('is not all that AWS is: it simulates no policies and has no sessions', async () => {
    const policy = emrPolicy('schedule', site)
    const principal = 'arn:aws:iam::123456789012:role/any'
    await expect(refusedActions(policy, principal, context)).rejects.toThrow(DIFFERS.SimulatePrincipalPolicy)
    await expect(startManagedSession('j-1', context)).rejects.toThrow(DIFFERS.StartSession)
  })
})

/** Calls that moto 5.2.5 does not know. It also runs no steps, has a cluster up at once, and fires no schedule. */
const DIFFERS = {
  CancelSteps: 'CancelSteps',
  SimulatePrincipalPolicy: 'SimulatePrincipalPolicy',
  StartSession: 'StartSession',
} as const
