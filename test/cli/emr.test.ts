import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runProgram } from '../../src/cli/run-program.ts'
import { startScheduler, type LocalScheduler } from '../../src/local/start-scheduler.ts'
import { createCluster, untilUp } from '../../src/cloud/emr/cluster.ts'
import { emrPeer, type EmrPeer } from '../cloud/emr/emr-peer.ts'
import { testServices } from '../environment/services.ts'
import { capturedOutput } from './captured-output.ts'

const ROLE = 'arn:aws:iam::123456789012:role/ripplerank-emr-schedule'
const WORK = [
  '--input',
  's3://tweets/raw/',
  '--lake',
  's3://tweets/silver/',
  '--database-secret',
  'ripplerank/database',
]
const NOWHERE = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-west-1' }

let peer: EmrPeer
let scheduler: LocalScheduler
let variables: NodeJS.ProcessEnv

beforeAll(async () => {
  peer = await emrPeer('case "$*" in *T03:*) echo gone >&2; exit 4 ;; esac')
  scheduler = await startScheduler({ emrEndpoint: peer.emr.endpoint, region: 'us-east-1' })
  const { DATABASE_URL: _, ...others } = testServices().variables
  variables = {
    ...others,
    AWS_ENDPOINT_URL_EMR: peer.emr.endpoint,
    AWS_ENDPOINT_URL_IAM: peer.iam.endpoint,
    AWS_ENDPOINT_URL_SQS: testServices().s3.endpoint,
    AWS_ENDPOINT_URL_SCHEDULER: scheduler.endpoint,
  }
  const { cluster } = await createCluster({ ...peer.settings, name: 'main' }, peer.context)
  await untilUp(cluster.id, peer.context)
})

afterAll(async () => {
  await scheduler[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
})

async function emr(argv: readonly string[], given: NodeJS.ProcessEnv = variables) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const { signal } = new AbortController()
  const code = await runProgram(['emr', ...argv], { variables: given, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

describe('ripplerank emr', () => {
  it('submits the step of a slot to the cluster of a name, and shows it', async () => {
    const slot = ['--slot', '2026-01-02T01:15:00Z']
    const done = await emr(['step', 'submit', ...slot, ...WORK])
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringMatching(/^ripplerank score 2026-01-02T01:15:00Z: COMPLETED \(s-\w+\)\n$/),
    ])
    expect((await emr(['step', 'status', ...slot])).stdout).toBe(done.stdout)
    expect((await emr(['step', 'cancel', ...slot])).stdout).toMatch(/^Nothing of the slot/)
    const again = await emr(['step', 'submit', ...slot, ...WORK, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'COMPLETED', new: false })
  })

  it('tells the last words of a step that fails', async () => {
    const failed = await emr(['step', 'submit', '--slot', '2026-01-02T03:15:00Z', ...WORK])
    expect([failed.code, failed.stdout]).toEqual([1, ''])
    expect(failed.stderr).toMatch(
      /the step s-\w+ has failed \(.*exit code 4.*\)\n {2}Its last words:\n\s*gone/,
    )
  })

  it('makes a schedule, sets it anew and deletes it', async () => {
    const create = ['schedule', 'create', '--role', ROLE, ...WORK]
    expect((await emr(create)).stdout).toMatch(/^Each quarter hour adds a step to j-\w+\.\n$/)
    expect((await emr(create)).stdout).toMatch(/ from now on\.\n$/)
    expect((await emr(['schedule', 'status'])).stdout).toMatch(
      /^Schedule main is ENABLED: cron\(0\/15 .* on j-/,
    )
    expect((await emr(['schedule', 'delete'])).stdout).toBe('Deleted the schedule main.\n')
    expect((await emr(['schedule', 'status'])).stdout).toBe('There is no schedule main.\n')
  })

  it('makes the role and the queue of a schedule on request, once', async () => {
    const name = `cli-${process.pid}`
    const create = ['schedule', 'create', '--name', name, '--create-roles', '--window', '24h', '7d', ...WORK]
    const cluster = ['--cluster', 'j-1']
    const missing = await emr(['schedule', 'create', ...cluster, ...WORK])
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('--role is missing')])
    const made = await emr([...create, ...cluster])
    expect([made.code, made.stdout.split('\n').slice(0, 4)]).toEqual([
      0,
      [
        'Done: make the role ripplerank-emr-schedule',
        'Done: say who may take ripplerank-emr-schedule on',
        'Done: allow ripplerank-emr-schedule what it needs',
        expect.stringMatching(/^Done: make the queue arn:aws:sqs:.*:ripplerank-cli-\d+-dead-letters$/),
      ],
    ])
    const again = await emr([...create, ...cluster, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ new: false, role: ROLE, changes: [] })
    const status = await emr(['schedule', 'status', '--name', name, '--json'])
    expect(JSON.parse(status.stdout)).toMatchObject({ clusterId: 'j-1', deadLetters: 0 })
  })

  it('shows a cluster, and ends it', async () => {
    expect((await emr(['cluster', 'status'])).stdout).toMatch(
      /^Cluster main \(j-\w+\) is WAITING, emr-spark-8\.1\.0/,
    )
    expect((await emr(['cluster', 'terminate'])).stdout).toMatch(/is TERMINATED,/)
    expect((await emr(['cluster', 'status'])).stdout).toBe('There is no cluster main.\n')
    const none = await emr(['step', 'status', '--slot', '2026-01-02T01:15:00Z'])
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('there is no cluster main')])
  })

  it('prints policies without calling anybody', async () => {
    const argv = ['policy', '--for', 'node', '--bucket', 'tweets']
    const { stdout } = await emr(argv, { AWS_REGION: 'cn-north-1' })
    expect(JSON.parse(stdout).Statement[0].Resource).toBe('arn:aws-cn:s3:::tweets')
    const trust = await emr([...argv, '--trust'], NOWHERE)
    expect(JSON.parse(trust.stdout).Statement[0].Principal).toEqual({ Service: 'ec2.amazonaws.com' })
  })

  it.each([
    [['step', 'status', '--slot', 'auto'], '--slot is the time of a quarter hour here, not auto'],
    [
      ['step', 'status', '--slot', '2026-01-02T01:15:00Z', '--cluster', 'x'],
      '--cluster takes the id of a cluster',
    ],
    [['cluster', 'create', '--subnet', 'x', '--bucket', 'abc'], '--subnet takes ids'],
    [['schedule', 'create', '--role', 'x', ...WORK], '--role takes the ARN of a role'],
    [
      ['policy', '--for', 'king', '--bucket', 'abc'],
      '--for is one of caller, creator, service, node, schedule',
    ],
  ])('refuses %j with one sentence and exit code 2', async (argv, sentence) => {
    const { code, stderr } = await emr(argv, NOWHERE)
    expect([code, stderr]).toEqual([2, expect.stringContaining(`ripplerank: ${sentence}`)])
  })
})
