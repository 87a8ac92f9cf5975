import { openAws } from '../cloud/aws-clients.ts'
import { createPipeline } from '../cloud/create-pipeline.ts'
import { deletePipeline } from '../cloud/delete-pipeline.ts'
import { pipelineName } from '../cloud/pipeline-name.ts'
import { pipelineStatus } from '../cloud/pipeline-status.ts'
import type { PipelineContext } from '../cloud/pipeline.ts'
import { awsAccess } from './aws-access.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'
import {
  bucketOf,
  parseCreateOptions,
  parseDeleteOptions,
  parseStatusOptions,
  requireBucket,
} from './pipeline-options.ts'
import {
  createDocument,
  createText,
  deleteDocument,
  deleteText,
  statusDocument,
  statusText,
} from './pipeline-report.ts'
import { createProgress } from './progress.ts'

/** Creates or mends the pipeline of a term, and prints what was done. */
export async function runPipelineCreate(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseCreateOptions(flags)
  const bucket = requireBucket(options, readEnvironment(context.variables))
  const { bufferSeconds, bufferMib: bufferMebibytes, gzip: isCompressed } = options
  const settings = { bucket, bufferSeconds, bufferMebibytes, isCompressed }
  await withPipeline(options, context, async (pipeline) => {
    const created = { settings, parts: await createPipeline(settings, pipeline) }
    return options.json ? createDocument(created, pipeline) : createText(created, pipeline)
  })
}

/** Prints what there is of the pipeline of a term. */
export async function runPipelineStatus(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseStatusOptions(flags)
  await withPipeline(options, context, async (pipeline) => {
    const status = await pipelineStatus(pipeline)
    return options.json ? statusDocument(status, pipeline) : statusText(status, pipeline)
  })
}

/** Deletes the pipeline of a term, and prints what was done and where the data is. */
export async function runPipelineDelete(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseDeleteOptions(flags)
  const bucket = bucketOf(options, readEnvironment(context.variables))
  await withPipeline(options, context, async (pipeline) => {
    const deleted = await deletePipeline({ bucket, withData: options.deleteData }, pipeline)
    return options.json ? deleteDocument(deleted, pipeline) : deleteText(deleted, pipeline)
  })
}

interface CommonOptions {
  readonly term: string
  readonly dryRun?: boolean
}

const AWS_POLL_MS = 2_000
const LOCAL_POLL_MS = 100

/** Does some work on a pipeline and prints what it gives back. */
async function withPipeline(
  { term, dryRun = false }: CommonOptions,
  { variables, signal, stdout, stderr }: CommandContext,
  work: (pipeline: PipelineContext) => Promise<string>,
): Promise<void> {
  const access = awsAccess(readEnvironment(variables))
  using aws = await openAws(access)
  using progress = createProgress({ stream: stderr })
  const result = await work({
    aws,
    name: pipelineName(term),
    signal,
    pollMs: access.endpoints?.firehose === undefined ? AWS_POLL_MS : LOCAL_POLL_MS,
    isDryRun: dryRun,
    begin: (name) => {
      const stage = progress.stage({ name })
      const still = (): void => stage.progress({ tasks: 0, tasksDone: 0, inputBytes: 0 })
      return { still, done: (outcome) => stage.done(outcome) }
    },
    warn: (sentence) => void stderr.write(`ripplerank: warning: ${sentence}\n`),
  })
  stdout.write(result)
}
