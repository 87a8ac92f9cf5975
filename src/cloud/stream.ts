import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  StartDeliveryStreamEncryptionCommand,
  TagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose'
import { CloudError, isAws } from './cloud-error.ts'
import { differences, wantedDestination } from './destination.ts'
import { findStream, type FoundStream } from './find-stream.ts'
import {
  applyEdits,
  type Edit,
  type PartReport,
  type PipelineContext,
  type PipelineSettings,
  type Step,
} from './pipeline.ts'
import { termTags } from './term-tags.ts'
import { until } from './until.ts'

const STATE_TIMEOUT_MS = 10 * 60_000
const ROLE_TIMEOUT_MS = 2 * 60_000 // a new role is known everywhere after some 10 s
const OWN_KEY = { KeyType: 'AWS_OWNED_CMK' } as const

export interface WantedStream {
  readonly settings: PipelineSettings
  /** Undefined in a dry run where the role would have to be made first. */
  readonly roleArn: string | undefined
}

/** Makes the stream where it is missing or failed, and mends it where it differs from what is wanted. */
export async function ensureStream(wanted: WantedStream, context: PipelineContext): Promise<PartReport> {
  const part = { part: 'stream', place: context.name.stream } as const
  const found = await findStream(context)
  if (context.isDryRun) return applyEdits(part, drafted(found, wanted, context), context)
  const settled = found && (await settledStream(found, context))
  const edits = settled === undefined ? [creation(wanted, context)] : mending(settled, wanted, context)
  return applyEdits(part, edits, context)
}

/** Deletes the stream and waits until it is gone. What it holds is delivered before, or lost: AWS promises neither. */
export async function deleteStream(context: PipelineContext): Promise<PartReport> {
  const found = await findStream(context)
  const apply = async (): Promise<void> => {
    if ((await untilNot('CREATING', context)) !== undefined) await remove(context)
  }
  const edits = found === undefined ? [] : [{ what: 'delete', apply }]
  return applyEdits({ part: 'stream', place: context.name.stream }, edits, context)
}

/** What a dry run says; a state that passes is taken for over. */
function drafted(
  found: FoundStream | undefined,
  wanted: WantedStream,
  context: PipelineContext,
): readonly Edit[] {
  const create = creation(wanted, context)
  switch (found?.status) {
    case undefined:
      return [create]
    case 'ACTIVE':
      return mending(found, wanted, context)
    case 'CREATING':
      return [{ ...create, what: 'wait until it is ACTIVE' }]
    case 'DELETING':
      return [{ ...create, what: 'wait until it is deleted' }, create]
    default:
      return [{ ...create, what: `delete what is ${found?.status}` }, create]
  }
}

/** The stream once it is ACTIVE; undefined where it was on its way out or had failed, and is gone now. */
async function settledStream(found: FoundStream, context: PipelineContext): Promise<FoundStream | undefined> {
  const settled = found.status === 'CREATING' ? await untilNot('CREATING', context) : found
  if (settled === undefined || settled.status === 'ACTIVE') return settled
  await remove(context)
  return undefined
}

function creation({ settings, roleArn = '' }: WantedStream, context: PipelineContext): Edit {
  const { aws, name, signal } = context
  const command = new CreateDeliveryStreamCommand({
    DeliveryStreamName: name.stream,
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: OWN_KEY,
    ExtendedS3DestinationConfiguration: wantedDestination({ settings, name, roleArn }),
    Tags: [...termTags(name.term)],
  })
  const attempt = async (): Promise<true | undefined> => {
    try {
      await aws.firehose.send(command, { abortSignal: signal })
      return true
    } catch (error) {
      if (isAws(error, 'ResourceInUseException')) return true // somebody was faster
      if (isAws(error, 'InvalidArgumentException') && /assume role/i.test(error.message)) return undefined
      throw error
    }
  }
  const apply = async (): Promise<void> => {
    const isMade = await patiently('wait for the role to be known', attempt, {
      context,
      timeoutMs: ROLE_TIMEOUT_MS,
    })
    if (isMade === undefined) throw tooLate(`Firehose cannot take on the role ${roleArn}`)
    const made = await untilNot('CREATING', context)
    if (made?.status === 'ACTIVE') return
    await remove(context)
    const reason = made?.failure || 'no reason given'
    const hint = 'What was left of it is deleted; run the command again.'
    throw new CloudError(`the stream ${name.stream} could not be created: ${reason}`, {
      code: 'refused',
      hint,
    })
  }
  return { what: 'create', apply }
}

function mending(found: FoundStream, wanted: WantedStream, context: PipelineContext): readonly Edit[] {
  const { aws, name, signal } = context
  const { settings, roleArn = found.destination?.RoleARN ?? '' } = wanted
  const options = { abortSignal: signal }
  const stream = { DeliveryStreamName: name.stream }
  const destination = wantedDestination({ settings, name, roleArn })
  const changes = differences(found.destination, destination)
  const edits: Edit[] = []
  if (changes.length > 0) {
    const command = new UpdateDestinationCommand({
      ...stream,
      CurrentDeliveryStreamVersionId: found.version,
      DestinationId: found.destinationId,
      ExtendedS3DestinationUpdate: destination,
    })
    edits.push({ what: changes.join(', '), apply: () => aws.firehose.send(command, options) })
  }
  if (found.term === undefined) {
    const command = new TagDeliveryStreamCommand({ ...stream, Tags: [...termTags(name.term)] })
    edits.push({ what: 'tag it with the term', apply: () => aws.firehose.send(command, options) })
  }
  if (found.encryption === 'off') edits.push({ what: 'encrypt', apply: () => encrypt(context) })
  return edits
}

async function encrypt(context: PipelineContext): Promise<void> {
  const { aws, name, signal } = context
  const DeliveryStreamEncryptionConfigurationInput = OWN_KEY
  const input = { DeliveryStreamName: name.stream, DeliveryStreamEncryptionConfigurationInput }
  await aws.firehose.send(new StartDeliveryStreamEncryptionCommand(input), { abortSignal: signal })
  const look = async (): Promise<string | undefined> => {
    const found = await findStream(context)
    return found?.encryption === 'changing' ? undefined : (found?.encryption ?? 'off')
  }
  const seen = await patiently('wait for the encryption', look, { context })
  if (seen !== 'on') throw tooLate(`the stream ${name.stream} is not encrypted`)
}

/** Deletes whatever is there, and waits until it is gone. */
async function remove(context: PipelineContext): Promise<void> {
  const { aws, name, signal } = context
  const input = { DeliveryStreamName: name.stream, AllowForceDelete: true }
  try {
    await aws.firehose.send(new DeleteDeliveryStreamCommand(input), { abortSignal: signal })
  } catch (error) {
    // Gone meanwhile, or on its way.
    if (!isAws(error, 'ResourceNotFoundException', 'ResourceInUseException')) throw error
  }
  const look = async (): Promise<true | undefined> => {
    const found = await findStream(context)
    if (found?.status === 'DELETING_FAILED') {
      const hint = 'Delete it in the AWS console, which tells more.'
      throw new CloudError(`the stream ${name.stream} cannot be deleted: ${found.failure}`, {
        code: 'refused',
        hint,
      })
    }
    return found === undefined ? true : undefined
  }
  const isGone = await patiently('wait for the deletion', look, { context })
  if (isGone === undefined) throw tooLate(`the stream ${name.stream} is still being deleted`)
}

/** The stream once it has left a state; undefined where there is none. */
async function untilNot(state: string, context: PipelineContext): Promise<FoundStream | undefined> {
  const { name } = context
  const look = async (): Promise<{ readonly found: FoundStream | undefined } | undefined> => {
    const found = await findStream(context)
    return found?.status === state ? undefined : { found }
  }
  const seen = await patiently(`wait while it is ${state}`, look, { context })
  if (seen === undefined) throw tooLate(`the stream ${name.stream} is still ${state}`)
  return seen.found
}

/** Looks until there is something to see, and lets people see that it takes a while. */
async function patiently<T>(
  what: string,
  look: () => Promise<T | undefined>,
  {
    context,
    timeoutMs = STATE_TIMEOUT_MS,
  }: { readonly context: PipelineContext; readonly timeoutMs?: number },
): Promise<T | undefined> {
  const { signal, pollMs, begin } = context
  let step: Step | undefined
  const onStill = (): void => {
    step ??= begin(what)
    step.still()
  }
  const seen = await until(look, { signal, pollMs, timeoutMs, onStill })
  step?.done(seen === undefined ? 'in vain' : '')
  return seen
}

function tooLate(sentence: string): CloudError {
  return new CloudError(sentence, {
    code: 'timeout',
    hint: 'Run the command again; it goes on where it was.',
  })
}
