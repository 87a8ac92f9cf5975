import { DescribeClusterCommand, RunJobFlowCommand } from '@aws-sdk/client-emr'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from '@jest/globals'
import { createCluster, terminateCluster, untilUp } from '../../../src/cloud/emr/cluster.ts'
import { clusterRequest } from '../../../src/cloud/emr/cluster-request.ts'
import { deploy } from '../../../src/cloud/emr/deploy.ts'
import { readRelease } from '../../../src/cloud/emr/release.ts'
import { tailOfLog } from '../../../src/cloud/emr/step-log.ts'
import { cancelSteps, stepsOfSlot, submitStep, untilEnded } from '../../../src/cloud/emr/step.ts'
import { stepRequest } from '../../../src/cloud/emr/step-request.ts'
import { emrPeer, type EmrPeer } from './emr-peer.ts'
import { releaseFiles } from './release-files.ts'

/** Says what it was called with, sleeps or fails, by the slot's hour. */
const PROGRAM = `
echo "scored $*"
echo "words of $RIPPLERANK_DATABASE_SECRET in $RIPPLERANK_LAKE" >&2
case "$*" in
  *T03:*) echo 'the database is gone' >&2; exit 4 ;;
  *T04:*) sleep 60 ;;
esac
`
const stepOf = (slot: string) =>
  stepRequest({
    slot,
    inputs: ['s3://tweets/raw/'],
    flags: ['--window', '24h'],
    lake: 's3://tweets/silver',
    databaseSecret: 'ripplerank/database',
    region: 'us-east-1',
  })
const submit = (peer: EmrPeer, clusterId: string, slot: string, isAgain = false) =>
  submitStep({ clusterId, slot, step: stepOf(slot), isAgain }, peer.context)
async function upCluster(peer: EmrPeer): Promise<string> {
  const { cluster } = await createCluster(peer.settings, peer.context)
  await untilUp(cluster.id, peer.context)
  return cluster.id
}

describe('deploying', () => {
  it('uploads a release once, with checksums, and names it by its content', async () => {
    await using peer = await emrPeer(PROGRAM)
    const { bucket, context, folder } = peer
    const files = await releaseFiles(folder, 'echo other')
    const release = await readRelease(files)
    const dry = await deploy({ bucket, release, isDryRun: true }, context)
    expect([dry.uploaded.length, await peer.keys(`app/${release.id}/`)]).toEqual([6, []])
    const done = await deploy({ bucket, release, isDryRun: false }, context)
    expect(done.uploaded).toEqual(dry.uploaded)
    expect(await peer.keys(`app/${release.id}/`)).toHaveLength(6)
    peer.takeCalls()
    expect((await deploy({ bucket, release, isDryRun: false }, context)).uploaded).toEqual([])
    expect(peer.takeCalls()).toEqual(['HeadObject'])
    expect((await readRelease(files)).id).toBe(release.id)
  })
})

describe('a cluster', () => {
  it('is made once a name, installs the release, and ends', async () => {
    await using peer = await emrPeer(PROGRAM)
    const { settings, context } = peer
    const { cluster, isNew } = await createCluster(settings, context)
    expect([isNew, cluster.state]).toEqual([true, 'STARTING'])
    peer.takeCalls()
    const again = await createCluster(settings, context)
    expect([again.isNew, again.cluster.id]).toEqual([false, cluster.id])
    expect(peer.takeCalls()).toEqual(['ListClusters', 'DescribeCluster'])
    expect(await untilUp(cluster.id, context)).toMatchObject({ state: 'WAITING', hasSessions: true })
    expect((await terminateCluster(cluster.id, context)).state).toBe('TERMINATED')
    expect((await createCluster(settings, context)).isNew).toBe(true)
  })

  it('tells why it did not come up, and waits through throttling', async () => {
    await using peer = await emrPeer(PROGRAM)
    const { settings, context } = peer
    const wrong = await createCluster({ ...settings, release: '0123456789abcdef' }, context)
    await expect(untilUp(wrong.cluster.id, context)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/TERMINATED_WITH_ERRORS \(BOOTSTRAP_FAILURE: bootstrap action 1 /),
    })
    peer.emr.inject({ failsStart: true })
    const none = await createCluster(settings, context)
    await expect(untilUp(none.cluster.id, context)).rejects.toThrow('INSTANCE_FLEET_TIMEOUT')
    peer.emr.inject({ slowStartMs: 300 })
    const slow = await createCluster(settings, context)
    peer.emr.inject({ throttledCalls: 1 })
    expect((await untilUp(slow.cluster.id, context)).state).toBe('WAITING')
  })

  it.each(['step.sh', 'manifest.sha256'])('does not install a %s that somebody changed', async (name) => {
    await using peer = await emrPeer(PROGRAM)
    const { settings, context, bucket, aws } = peer
    const Key = `app/${settings.release}/${name}`
    const Body = Buffer.concat([await peer.body(Key), Buffer.from('# changed\n')])
    await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
    const { cluster } = await createCluster(settings, context)
    await expect(untilUp(cluster.id, context)).rejects.toThrow('BOOTSTRAP_FAILURE')
  })

  it('is encrypted, spares money by spot nodes and ends when idle', () => {
    const settings = {
      name: 'prod',
      releaseLabel: 'emr-7.14.0',
      bucket: 'tweets',
      release: '0123456789abcdef',
      subnets: ['subnet-1', 'subnet-2'],
      primaryType: 'm7g.xlarge',
      coreType: 'm7g.xlarge',
      coreNodes: 2,
      taskTypes: ['m7g.xlarge', 'm6g.xlarge'],
      taskNodes: 6,
      serviceRole: 'service',
      instanceProfile: 'node',
      kmsKey: undefined,
      idleSeconds: 3600,
      stepConcurrency: 1,
    }
    const request = clusterRequest(settings, 'ripplerank-1')
    expect(request).toMatchObject({
      SecurityConfiguration: 'ripplerank-1',
      AutoTerminationPolicy: { IdleTimeout: 3600 },
      ManagedScalingPolicy: {
        ComputeLimits: { MinimumCapacityUnits: 2, MaximumCapacityUnits: 8, MaximumOnDemandCapacityUnits: 2 },
      },
      Applications: [{ Name: 'Hadoop' }, { Name: 'Spark' }],
      LogUri: 's3://tweets/emr-logs/',
    })
    expect(request.SessionEnabled).toBeUndefined() // Spark 3.5 has none
    expect(
      request.Instances?.InstanceFleets?.map(({ TargetOnDemandCapacity, TargetSpotCapacity }) => [
        TargetOnDemandCapacity,
        TargetSpotCapacity,
      ]),
    ).toEqual([
      [1, undefined],
      [2, undefined],
      [undefined, 0],
    ])
  })
})

describe('a step', () => {
  it('runs the command of its slot, once however often it is submitted', async () => {
    await using peer = await emrPeer(PROGRAM)
    const clusterId = await upCluster(peer)
    const slot = '2026-01-02T01:15:00Z'
    const first = await submit(peer, clusterId, slot)
    const second = await submit(peer, clusterId, slot)
    expect([first.isNew, second.isNew, second.step.id]).toEqual([true, false, first.step.id])
    const ended = await untilEnded({ clusterId, slot, id: first.step.id }, peer.context)
    expect(ended).toMatchObject({ state: 'COMPLETED', failure: '' })
    expect((await submit(peer, clusterId, slot)).isNew).toBe(false)
    expect((await submit(peer, clusterId, slot, true)).isNew).toBe(true)
    const log = { logUri: `s3://${peer.bucket}/emr-logs/`, clusterId, stepId: first.step.id, waitMs: 1000 }
    expect(await tailOfLog(log, peer.context)).toBe('words of ripplerank/database in s3://tweets/silver')
  })

  it('that fails shows its last words and may be submitted again', async () => {
    await using peer = await emrPeer(PROGRAM)
    const clusterId = await upCluster(peer)
    const slot = '2026-01-02T03:15:00Z'
    const { step } = await submit(peer, clusterId, slot)
    const ended = await untilEnded({ clusterId, slot, id: step.id }, peer.context)
    expect(ended).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('exit code 4') })
    const log = { logUri: `s3://${peer.bucket}/emr-logs/`, clusterId, stepId: step.id, waitMs: 1000 }
    expect(await tailOfLog(log, peer.context)).toMatch(/\nthe database is gone$/)
    expect(await tailOfLog({ ...log, stepId: 's-0', waitMs: 50 }, peer.context)).toBeUndefined()
    expect((await submit(peer, clusterId, slot)).isNew).toBe(true)
  })

  it('is cancelled while it waits and while it runs', async () => {
    await using peer = await emrPeer(PROGRAM)
    const clusterId = await upCluster(peer)
    const [running, waiting] = ['2026-01-02T04:00:00Z', '2026-01-02T04:15:00Z']
    const { step } = await submit(peer, clusterId, running)
    await submit(peer, clusterId, waiting)
    expect(await cancelSteps(clusterId, waiting, peer.context)).toHaveLength(1)
    expect(await cancelSteps(clusterId, running, peer.context)).toEqual([step.id])
    expect(await untilEnded({ clusterId, slot: running, id: step.id }, peer.context)).toMatchObject({
      state: 'CANCELLED',
    })
    expect(await stepsOfSlot(clusterId, waiting, peer.context)).toMatchObject([{ state: 'CANCELLED' }])
    expect(await cancelSteps(clusterId, running, peer.context)).toEqual([])
  })

  it('carries no secret and no more than EMR takes', () => {
    const { HadoopJarStep } = stepOf('2026-01-02T01:15:00Z')
    expect(HadoopJarStep?.Args?.join(' ')).not.toMatch(/password|mysql:|token/i)
    const inputs = Array.from({ length: 500 }, (_, i) => `s3://tweets/raw/a-long-prefix/${i}/`)
    expect(() =>
      stepRequest({ slot: 's', inputs, flags: [], lake: '', databaseSecret: '', region: '' }),
    ).toThrow(/^the step has \d+ characters, and EMR takes 10240/)
  })
})

describe('the local EMR', () => {
  it('refuses what is not in EMR’s own model', async () => {
    await using peer = await emrPeer(PROGRAM)
    const request = clusterRequest(peer.settings, 'none')
    const wrong = { ...request, StepConcurrencyLevel: 'two' } as unknown as typeof request
    await expect(peer.aws.emr.send(new RunJobFlowCommand(wrong))).rejects.toThrow(
      "Value at 'StepConcurrencyLevel' is a string, not a number",
    )
    await expect(peer.aws.emr.send(new RunJobFlowCommand(request))).rejects.toThrow(
      "Security configuration with name 'none' does not exist.",
    )
    await expect(peer.aws.emr.send(new DescribeClusterCommand({ ClusterId: 'j-NONE' }))).rejects.toThrow(
      "Cluster id 'j-NONE' is not valid.",
    )
  })
})
