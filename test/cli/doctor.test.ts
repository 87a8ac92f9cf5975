import {
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runProgram } from '../../src/cli/run-program.ts'
import { principalOf } from '../../src/cloud/emr/caller.ts'
import { ensureClusterRoles, ensureScheduleRole } from '../../src/cloud/emr/roles.ts'
import { DEFAULT_ROLES, emrSite } from '../../src/cli/emr-site.ts'
import { readEnvironment } from '../../src/cli/environment.ts'
import { startScheduler, type LocalScheduler } from '../../src/local/start-scheduler.ts'
import { readerGrants } from '../../src/store/grants.ts'
import { emrPeer, type EmrPeer } from '../cloud/emr/emr-peer.ts'
import { testServices } from '../environment/services.ts'
import { scratchStore, type ScratchStore } from '../store/scratch-store.ts'
import { capturedOutput } from './captured-output.ts'

async function doctor(argv: readonly string[], variables: NodeJS.ProcessEnv) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const { signal } = new AbortController()
  const code = await runProgram(['doctor', ...argv], { variables, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

let scratch: ScratchStore
let reader: string
beforeAll(async () => {
  scratch = await scratchStore()
  const url = new URL(scratch.database.url)
  const database = url.pathname.slice(1)
  url.username = `d_${database}`.slice(0, 32)
  url.password = 'secret'
  await scratch.database.run(`create user '${url.username}'@'%' identified by 'secret'`)
  for (const grant of readerGrants(database, { name: url.username, host: '%' }))
    await scratch.database.run(grant)
  reader = url.href
})
afterAll(async () => {
  await scratch.database.run(`drop user '${new URL(reader).username}'@'%'`)
  await scratch[Symbol.asyncDispose]()
})

describe('ripplerank doctor', () => {
  it('finds what this machine has, and that the database and Spark are well', async () => {
    const { PATH, JAVA_HOME } = process.env
    const { sparkRemote: SPARK_REMOTE } = testServices()
    const DATABASE_URL = scratch.database.url
    const variables = { PATH, JAVA_HOME, DATABASE_URL, SPARK_REMOTE }
    const { code, stdout, stderr } = await doctor(['--local'], variables)
    expect({ code, stderr, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stderr: '', stdout: '' })
    expect(stdout).toMatch(/^ok {6}Node {13}\d+\./m)
    expect(stdout).toMatch(/^ok {6}SPARK_REMOTE {5}Spark \d.*, time zone UTC, with the MySQL driver$/m)
    expect(stdout).toMatch(/^ok {6}DATABASE_URL {5}11\..*without TLS, time zone \S+, ours are in UTC$/m)
    expect(stdout).toMatch(/^ok {6}its clock {8}0\.\d s (behind|ahead of) the database’s$/m)
    expect(stdout).toMatch(/^ok {6}its tables {7}up to date$/m)
    expect(stdout).toMatch(/^ok {6}its rights {7}enough for a run$/m)
  })

  it('names the rights that a run lacks and a reader does not need', async () => {
    const { PATH, JAVA_HOME } = process.env
    const variables = { PATH, JAVA_HOME, DATABASE_URL: reader }
    const run = await doctor(['--local'], variables)
    expect([run.code, run.stdout]).toEqual([
      2,
      expect.stringMatching(
        /^missing its rights {7}without insert on author_score, .* and \d+ more\. Let an administrator .*--writer/m,
      ),
    ])
    const dashboard = await doctor(['--local', '--reader'], variables)
    expect([dashboard.code, dashboard.stdout]).toEqual([
      0,
      expect.stringMatching(/^ok {6}its rights {7}enough for the dashboard$/m),
    ])
  })

  it('says of each thing that is missing how to mend it, and ends with 2', async () => {
    const DATABASE_URL = 'mysql://somebody:secret@127.0.0.1:1/none'
    const { code, stdout, stderr } = await doctor(['--docker', '--json'], { PATH: '/nowhere', DATABASE_URL })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        {
          name: 'Docker',
          ok: false,
          state: 'missing',
          found: 'docker --version does not work',
          mend: expect.stringMatching(/^Install/),
        },
      ]),
    })
    expect(stderr).toMatch(
      /^ripplerank: not as it has to be: Docker, Docker Compose, engine, .*DATABASE_URL, its clock, its tables, its rights$/m,
    )
    expect(stdout + stderr).not.toContain('secret@')
  })

  it('looks for credentials before anything at AWS', async () => {
    const variables = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
    const away = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { code, stdout } = await doctor(['--emr'], { ...variables, ...away })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^ok {6}credentials {6}there are some, for eu-west-1$/m)
    expect(stdout).toMatch(/^missing clusters {9}ListClusters: .*ECONNREFUSED/m)
  })
})

describe('ripplerank doctor --emr', () => {
  let peer: EmrPeer
  let scheduler: LocalScheduler
  let variables: NodeJS.ProcessEnv
  beforeAll(async () => {
    peer = await emrPeer('')
    scheduler = await startScheduler({ emrEndpoint: peer.emr.endpoint, region: 'us-east-1' })
    const { DATABASE_URL: _, SPARK_REMOTE: __, ...others } = testServices().variables
    variables = {
      ...others,
      AWS_ENDPOINT_URL_EMR: peer.emr.endpoint,
      AWS_ENDPOINT_URL_IAM: peer.iam.endpoint,
      AWS_ENDPOINT_URL_STS: peer.iam.endpoint,
      AWS_ENDPOINT_URL_SCHEDULER: scheduler.endpoint,
      AWS_ENDPOINT_URL_SQS: testServices().s3.endpoint,
      RIPPLERANK_BUCKET: peer.bucket,
    }
  })
  afterAll(async () => {
    await scheduler[Symbol.asyncDispose]()
    await peer[Symbol.asyncDispose]()
  })
  const emr = async (): Promise<string> => (await doctor(['--emr'], variables)).stdout

  it('says who calls, whether clocks agree, and each permission that is missing', async () => {
    const well = await emr()
    expect(well).toMatch(/^ok {6}schedules {8}may be looked at; none is called main$/m)
    expect(well).toMatch(/^ok {6}caller {11}arn:aws:iam::123456789012:user\/ripplerank$/m)
    expect(well).toMatch(/^ok {6}clock {12}\d\.\d s (behind|ahead of) AWS’s$/m)
    expect(well).toMatch(
      /^ok {6}permissions {6}all that .* prints, to arn:aws:iam::123456789012:user\/ripplerank$/m,
    )
    peer.iam.refuse('elasticmapreduce:RunJobFlow', 'iam:PassRole')
    expect(await emr()).toMatch(
      /^missing permissions {6}not elasticmapreduce:RunJobFlow on \*, iam:PassRole on arn:\S+service, .*--for caller` prints/m,
    )
    peer.iam.refuse('iam:SimulatePrincipalPolicy')
    const { code, stdout } = await doctor(['--emr'], variables)
    expect([code, stdout]).toEqual([
      2,
      expect.stringMatching(/^unknown permissions {6}the caller may not ask IAM\. Allow it iam:Simulate/m),
    ])
    peer.iam.refuse()
  })

  it('misses roles until they are made', async () => {
    expect(await emr()).toMatch(
      /^missing node role {8}there is no ripplerank-emr-node\. `ripplerank emr cluster create --create-roles` makes it/m,
    )
    const site = emrSite({ bucket: peer.bucket, roles: DEFAULT_ROLES }, readEnvironment(variables))
    await ensureClusterRoles({ site, isDryRun: false }, peer.context)
    await ensureScheduleRole({ site, isDryRun: false }, peer.context)
    expect(await emr()).toMatch(/^ok {6}node role {8}arn:aws:iam::123456789012:role\/ripplerank-emr-node$/m)
  })

  it('wants a bucket that is closed, encrypted, and keeps what is needed and nothing else', async () => {
    const { bucket: Bucket, aws } = peer
    const open = await emr()
    expect(open).toMatch(/^missing bucket closed {4}open to the public\. Block/m)
    expect(open).toMatch(/^missing bucket encrypted not by default\. Set/m)
    expect(open).toMatch(/^ok {6}bucket lifecycle nothing needed is deleted/m)
    const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true }
    const PublicAccessBlockConfiguration = { ...closed, RestrictPublicBuckets: true }
    await aws.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }]
    const ServerSideEncryptionConfiguration = { Rules }
    await aws.s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }))
    const VersioningConfiguration = { Status: 'Enabled' as const }
    await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
    const versioned = await emr()
    expect(versioned).toMatch(/^ok {6}bucket closed {4}to the public$/m)
    expect(versioned).toMatch(/^ok {6}bucket encrypted by default$/m)
    expect(versioned).toMatch(/^missing bucket lifecycle versions of what was deleted stay\. Suspend/m)
    const rule = { ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: '' } }
    const put = (extra: object) =>
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: { Rules: [{ ...rule, ...extra }] },
      })
    await aws.s3.send(put({ NoncurrentVersionExpiration: { NoncurrentDays: 7 } }))
    expect(await emr()).toMatch(/^ok {6}bucket lifecycle/m)
    await aws.s3.send(put({ Expiration: { Days: 30 } }))
    expect(await emr()).toMatch(/^missing bucket lifecycle rules delete what is needed: old\. Let none/m)
  })

  it('knows the role behind a session of STS', () => {
    expect(principalOf('arn:aws:sts::123456789012:assumed-role/ops/ann')).toBe(
      'arn:aws:iam::123456789012:role/ops',
    )
    expect(principalOf('arn:aws:iam::123456789012:root')).toBeUndefined()
  })
})
