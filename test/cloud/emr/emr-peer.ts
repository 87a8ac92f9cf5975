import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { AwsAccess } from '../../../src/cloud/aws-clients.ts'
import type { ClusterSettings } from '../../../src/cloud/emr/cluster-settings.ts'
import { deploy } from '../../../src/cloud/emr/deploy.ts'
import { openEmr, type EmrClients, type EmrContext } from '../../../src/cloud/emr/emr-clients.ts'
import { readRelease } from '../../../src/cloud/emr/release.ts'
import { systemClock } from '../../../src/local/clock.ts'
import { startEmr, type LocalEmr, type LocalEmrOptions } from '../../../src/local/start-emr.ts'
import { startIam, type LocalIam } from '../../../src/local/start-iam.ts'
import { testServices } from '../../environment/services.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { releaseFiles } from './release-files.ts'

/** An EMR of one test, with a bucket of its own and a release on it whose program is a shell script. */
export interface EmrPeer extends AsyncDisposable {
  readonly aws: EmrClients
  readonly access: AwsAccess
  readonly emr: LocalEmr
  readonly iam: LocalIam
  readonly context: EmrContext
  readonly settings: ClusterSettings
  readonly bucket: string
  readonly folder: string
  /** Sends calls to a service that was started later. */
  readonly lead: (service: 'scheduler', endpoint: string) => void
  /** Names of the calls that were made, in order; cleared by reading. */
  readonly takeCalls: () => readonly string[]
  readonly keys: (prefix: string) => Promise<readonly string[]>
  readonly body: (key: string) => Promise<Uint8Array>
}

interface PeerOptions extends Partial<LocalEmrOptions> {
  /** What stands for Node on the cluster, as a shell script; default: one that runs the program as a shell script. */
  readonly node?: string
}

/**
 * Starts the servers and deploys.
 * @param program what stands for `node ripplerank.mjs` on the cluster, as a shell script
 */
export async function emrPeer(program: string, { node, ...options }: PeerOptions = {}): Promise<EmrPeer> {
  await using stack = new AsyncDisposableStack()
  const { s3, variables } = testServices()
  const folder = stack.use(await temporaryFolder())
  const environment = { PATH: process.env['PATH'] ?? '', ...variables }
  const emr = stack.use(await startEmr({ s3, environment, folder: folder.path, startingMs: 20, ...options }))
  const iam = stack.use(await startIam({ clock: systemClock }))
  const calls: string[] = []
  const { accessKeyId, secretAccessKey, region } = s3
  const access: AwsAccess = {
    region,
    credentials: { accessKeyId, secretAccessKey },
    // The S3 of tests speaks SQS as well.
    endpoints: {
      emr: emr.endpoint,
      s3: s3.endpoint,
      sqs: s3.endpoint,
      iam: iam.endpoint,
      sts: iam.endpoint,
      scheduler: 'http://127.0.0.1:1',
    },
    onCall: (call) => void calls.push(call),
  }
  const aws = stack.use(await openEmr(access))
  const context = { aws, signal: new AbortController().signal, pollMs: 20, onStill: () => {} }
  const bucket = `ripplerank-${randomUUID()}`
  await aws.s3.send(new CreateBucketCommand({ Bucket: bucket }))
  const release = await readRelease(await releaseFiles(folder.path, program, node))
  await deploy({ bucket, release, isDryRun: false }, context)
  calls.length = 0
  const settings: ClusterSettings = {
    name: 'test',
    releaseLabel: 'emr-spark-8.1.0',
    bucket,
    release: release.id,
    subnets: ['subnet-1'],
    primaryType: 'm7g.xlarge',
    coreType: 'm7g.xlarge',
    coreNodes: 1,
    taskTypes: ['m7g.xlarge', 'm6g.xlarge'],
    taskNodes: 4,
    serviceRole: 'ripplerank-emr-service',
    instanceProfile: 'ripplerank-emr-node',
    kmsKey: undefined,
    idleSeconds: 3600,
    stepConcurrency: 1,
  }
  const moved = stack.move()
  return {
    aws,
    access,
    emr,
    iam,
    context,
    settings,
    bucket,
    folder: folder.path,
    lead: (service, endpoint) => {
      const { port, hostname } = new URL(endpoint)
      aws[service].config.endpoint = async () => ({
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: '/',
      })
    },
    takeCalls: () => calls.splice(0),
    keys: async (Prefix) => {
      const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))
      return Contents.map(({ Key = '' }) => Key)
    },
    body: async (Key) => {
      const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return (await Body?.transformToByteArray()) ?? new Uint8Array()
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}
