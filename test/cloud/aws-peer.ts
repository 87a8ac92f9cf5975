import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { openAws, type AwsAccess, type AwsClients } from '../../src/cloud/aws-clients.ts'
import { createPipeline } from '../../src/cloud/create-pipeline.ts'
import { deletePipeline, type DeletedPipeline } from '../../src/cloud/delete-pipeline.ts'
import { pipelineName, type PipelineName } from '../../src/cloud/pipeline-name.ts'
import {
  silently,
  type PartReport,
  type PipelineContext,
  type PipelineSettings,
} from '../../src/cloud/pipeline.ts'
import { systemClock } from '../../src/local/clock.ts'
import {
  startFirehose,
  type LocalFirehose,
  type LocalFirehoseOptions,
} from '../../src/local/start-firehose.ts'
import { startIam } from '../../src/local/start-iam.ts'
import { startLogs } from '../../src/local/start-logs.ts'
import { startS3 } from '../../src/local/start-s3.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'

/** The address of moto's server; with it the tests of this folder call moto instead of our own servers. */
export const MOTO = process.env['RIPPLERANK_MOTO']

/** An AWS of one test, and a pipeline on it that may be there or not. */
export interface AwsPeer extends AsyncDisposable {
  readonly aws: AwsClients
  readonly access: AwsAccess
  /** Undefined where moto answers, which has no faults to inject. */
  readonly firehose: LocalFirehose | undefined
  readonly settings: PipelineSettings
  readonly name: PipelineName
  readonly context: PipelineContext
  /** Names of the calls that were made, in order; cleared by reading. */
  readonly takeCalls: () => readonly string[]
  readonly warnings: readonly string[]
  readonly create: (
    changes?: Partial<PipelineSettings>,
    context?: Partial<PipelineContext>,
  ) => Promise<readonly PartReport[]>
  readonly remove: (
    options?: { readonly withData: boolean },
    context?: Partial<PipelineContext>,
  ) => Promise<DeletedPipeline>
  /** Bodies of the objects below a prefix of the bucket. */
  readonly bodies: (prefix: string) => Promise<readonly string[]>
}

/** Starts the servers, or takes moto, with a bucket name and a term of its own. */
export async function awsPeer(options: Partial<LocalFirehoseOptions> = {}): Promise<AwsPeer> {
  await using stack = new AsyncDisposableStack()
  const calls: string[] = []
  const warnings: string[] = []
  const { firehose, ...place } = MOTO === undefined ? await ownServers(stack, options) : motoServer(MOTO)
  const access: AwsAccess = { region: 'us-east-1', ...place, onCall: (call) => void calls.push(call) }
  const aws = stack.use(await openAws(access))
  noteAnswers(aws)
  const bucket = `ripplerank-${randomUUID()}`
  const settings = { bucket, bufferMebibytes: 5, bufferSeconds: 300, isCompressed: false }
  const name = pipelineName(`photo of the day #${randomUUID()}`)
  const context: PipelineContext = {
    aws,
    name,
    signal: new AbortController().signal,
    pollMs: 20,
    isDryRun: false,
    begin: silently,
    warn: (sentence) => void warnings.push(sentence),
  }
  const moved = stack.move()
  return {
    aws,
    access,
    firehose,
    settings,
    name,
    context,
    takeCalls: () => calls.splice(0),
    warnings,
    create: (changes, other) => createPipeline({ ...settings, ...changes }, { ...context, ...other }),
    remove: ({ withData } = { withData: false }, other) =>
      deletePipeline({ bucket: undefined, withData }, { ...context, ...other }),
    bodies: (prefix) => bodiesBelow(aws, { bucket, prefix }),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

async function ownServers(stack: AsyncDisposableStack, options: Partial<LocalFirehoseOptions>) {
  const clock = options.clock ?? systemClock
  const folder = stack.use(await temporaryFolder())
  const s3 = stack.use(await startS3({ dataDirectory: folder.path }))
  const iam = stack.use(await startIam({ clock }))
  const logs = stack.use(await startLogs({ clock, region: s3.region }))
  const own = { s3, creatingMs: 50, deletingMs: 50, isRoleAssumable: iam.isRoleAssumable }
  const firehose = stack.use(await startFirehose({ ...own, ...options }))
  const endpoints = { firehose: firehose.endpoint, s3: s3.endpoint, iam: iam.endpoint, logs: logs.endpoint }
  const { accessKeyId, secretAccessKey } = s3
  return { firehose, endpoints, credentials: { accessKeyId, secretAccessKey } }
}

function motoServer(endpoint: string) {
  const endpoints = { firehose: endpoint, s3: endpoint, iam: endpoint, logs: endpoint }
  return { firehose: undefined, endpoints, credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' } }
}

async function bodiesBelow(
  { s3 }: AwsClients,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): Promise<readonly string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      return (await Body?.transformToString()) ?? ''
    }),
  )
}

/** Where calls and the status of their answers go, for the table that scripts/test-moto.mjs prints. */
export const ANSWERS = process.env['RIPPLERANK_MOTO_CALLS']
export const NEAR_WIRE = { step: 'deserialize', priority: 'low' } as const // where errors are answers still

/** A step around each call that notes its answer in a file. */
export const notedIn =
  (file: string) =>
  <A, R extends { readonly response: unknown }>(
    next: (args: A) => Promise<R>,
    context: { readonly commandName?: string },
  ) =>
  async (args: A): Promise<R> => {
    const result = await next(args)
    const { statusCode } = result.response as { readonly statusCode: number }
    appendFileSync(file, `${context.commandName?.replace(/Command$/, '')} ${statusCode}\n`)
    return result
  }

function noteAnswers({ firehose, s3, iam, logs }: AwsClients): void {
  if (ANSWERS === undefined) return
  const note = notedIn(ANSWERS)
  firehose.middlewareStack.add(note, NEAR_WIRE)
  s3.middlewareStack.add(note, NEAR_WIRE)
  iam.middlewareStack.add(note, NEAR_WIRE)
  logs.middlewareStack.add(note, NEAR_WIRE)
}
