import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { isAws } from './cloud-error.ts'
import { applyEdits, type Edit, type PartReport, type PipelineContext } from './pipeline.ts'

const RETENTION_DAYS = 14

/** Makes the log that Firehose writes its errors to; it keeps them for two weeks. */
export async function ensureLogs(context: PipelineContext): Promise<PartReport> {
  const { logGroup } = context.name
  return applyEdits({ part: 'logs', place: logGroup }, await logEdits(context), context)
}

async function logEdits(context: PipelineContext): Promise<readonly Edit[]> {
  const { aws, signal, name } = context
  const { logGroup: logGroupName, logStream: logStreamName } = name
  const options = { abortSignal: signal }
  const group = await findGroup(context)
  const edits: Edit[] = []
  if (group === undefined) {
    const apply = () => unlessThere(aws.logs.send(new CreateLogGroupCommand({ logGroupName }), options))
    edits.push({ what: 'create', apply })
  }
  // A person may have chosen another time; only without one would errors be kept, and paid, for ever.
  if (group?.retentionInDays === undefined) {
    const input = { logGroupName, retentionInDays: RETENTION_DAYS }
    const apply = () => aws.logs.send(new PutRetentionPolicyCommand(input), options)
    edits.push({ what: `keep for ${RETENTION_DAYS} days`, apply })
  }
  if (group === undefined || !(await hasStream(context))) {
    const input = { logGroupName, logStreamName }
    const apply = () => unlessThere(aws.logs.send(new CreateLogStreamCommand(input), options))
    edits.push({ what: `create its stream ${logStreamName}`, apply })
  }
  return edits
}

/** Deletes the log with what is in it. */
export async function deleteLogs(context: PipelineContext): Promise<PartReport> {
  const { aws, signal, name } = context
  const input = { logGroupName: name.logGroup }
  const apply = async (): Promise<void> => {
    await aws.logs.send(new DeleteLogGroupCommand(input), { abortSignal: signal }).catch((error: unknown) => {
      if (!isAws(error, 'ResourceNotFoundException')) throw error
    })
  }
  const isThere = (await findGroup(context)) !== undefined
  return applyEdits(
    { part: 'logs', place: name.logGroup },
    isThere ? [{ what: 'delete', apply }] : [],
    context,
  )
}

async function findGroup({ aws, signal, name }: PipelineContext) {
  const input = { logGroupNamePrefix: name.logGroup }
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand(input), { abortSignal: signal })
  return logGroups.find(({ logGroupName }) => logGroupName === name.logGroup)
}

async function hasStream({ aws, signal, name }: PipelineContext): Promise<boolean> {
  const input = { logGroupName: name.logGroup, logStreamNamePrefix: name.logStream }
  const { logStreams = [] } = await aws.logs.send(new DescribeLogStreamsCommand(input), {
    abortSignal: signal,
  })
  return logStreams.some(({ logStreamName }) => logStreamName === name.logStream)
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isAws(error, 'ResourceAlreadyExistsException')) throw error
  })
}
