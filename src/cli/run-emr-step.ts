import { clusterStatus } from '../cloud/emr/cluster.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { deleteSchedule, putSchedule, scheduleStatus } from '../cloud/emr/schedule.ts'
import { placeOfLog, tailOfLog } from '../cloud/emr/step-log.ts'
import { stepRequest, type StepSettings } from '../cloud/emr/step-request.ts'
import { cancelSteps, stepsOfSlot, submitStep, untilEnded, type StepStatus } from '../cloud/emr/step.ts'
import { CloudError } from '../cloud/cloud-error.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { clusterIdOf, withEmr } from './emr-context.ts'
import { parseSchedule, parseSlot, parseSubmit, parseWhich, type WorkOptions } from './emr-options.ts'
import { readEnvironment } from './environment.ts'

/** EMR brings a step's log to S3 every five minutes. */
const LOG_WAIT_MS = 6 * 60_000

/** Adds the step of a slot, unless it is there, and waits for its end. */
export async function runStepSubmit(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSubmit(flags)
  const { slot, again: isAgain } = options
  const act = async (emr: EmrContext): Promise<string> => {
    const step = stepRequest({ ...workOf(options, context, emr), slot })
    const clusterId = await clusterIdOf(options, context, emr)
    const { step: submitted, isNew } = await submitStep({ clusterId, slot, step, isAgain }, emr)
    const status = options.wait ? await untilEnded({ clusterId, slot, id: submitted.id }, emr) : submitted
    if (status.state === 'FAILED') throw await failureOf({ clusterId, status }, emr)
    return options.json ? document({ ...stepDocument(status), new: isNew }) : stepText(status)
  }
  await withEmr({ stage: `slot ${slot}`, act }, context)
}

/** Prints all steps of a slot. */
export async function runStepStatus(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSlot(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const steps = await stepsOfSlot(await clusterIdOf(options, context, emr), options.slot, emr)
    if (options.json) return document({ slot: options.slot, steps: steps.map(stepDocument) })
    return steps.map(stepText).join('') || `The cluster knows no step of the slot ${options.slot}.\n`
  }
  await withEmr({ stage: 'look', act }, context)
}

/** Cancels what runs or waits of a slot. */
export async function runStepCancel(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSlot(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const cancelled = await cancelSteps(await clusterIdOf(options, context, emr), options.slot, emr)
    if (options.json) return document({ slot: options.slot, cancelled })
    return cancelled.length === 0
      ? `Nothing of the slot ${options.slot} runs or waits.\n`
      : `Cancelling ${cancelled.join(', ')}; nothing is published by them.\n`
  }
  await withEmr({ stage: 'cancel', act }, context)
}

/** Lets the Scheduler add a step at each quarter hour. */
export async function runScheduleCreate(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSchedule(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const clusterId = await clusterIdOf(options, context, emr)
    const { name, role: roleArn, deadLetterQueue: deadLetterArn } = options
    const settings = { ...workOf(options, context, emr), name, clusterId, roleArn, deadLetterArn }
    const isNew = await putSchedule(settings, emr)
    return options.json
      ? document({ name, cluster: clusterId, new: isNew })
      : `Each quarter hour adds a step to ${clusterId}${isNew ? '' : ' from now on'}.\n`
  }
  await withEmr({ stage: `schedule ${options.name}`, act }, context)
}

/** Prints what there is of a schedule. */
export async function runScheduleStatus(flags: unknown, context: CommandContext): Promise<void> {
  const { name, json } = parseWhich(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const found = await scheduleStatus(name, emr)
    if (json) return document(found ? { ...found } : { name, state: 'none' })
    return found === undefined
      ? `There is no schedule ${name}.\n`
      : `Schedule ${name} is ${found.state}: ${found.expression} UTC on ${found.clusterId}\n`
  }
  await withEmr({ stage: 'look', act }, context)
}

/** Deletes a schedule; steps that were added stay. */
export async function runScheduleDelete(flags: unknown, context: CommandContext): Promise<void> {
  const { name, json } = parseWhich(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const wasThere = await deleteSchedule(name, emr)
    if (json) return document({ name, deleted: wasThere })
    return wasThere ? `Deleted the schedule ${name}.\n` : `There is no schedule ${name}; nothing to do.\n`
  }
  await withEmr({ stage: 'delete', act }, context)
}

/** What a step does, by flags and variables. @throws ConfigError */
function workOf(
  options: WorkOptions,
  { variables }: CommandContext,
  { aws }: EmrContext,
): Omit<StepSettings, 'slot'> {
  const environment = readEnvironment(variables)
  const lake = options.lake ?? environment.RIPPLERANK_LAKE
  const databaseSecret = options.databaseSecret ?? environment.RIPPLERANK_DATABASE_SECRET
  if (lake === undefined)
    throw new ConfigError('--lake is missing; name s3://bucket/silver, or set RIPPLERANK_LAKE')
  if (databaseSecret === undefined)
    throw new ConfigError('--database-secret is missing; name the secret, or set RIPPLERANK_DATABASE_SECRET')
  const flags = [
    ...(options.window === undefined ? [] : ['--window', options.window]),
    ...(options.term === undefined ? [] : ['--term', options.term]),
  ]
  return { inputs: options.input, flags, lake, databaseSecret, region: aws.region }
}

async function failureOf(
  { clusterId, status }: { readonly clusterId: string; readonly status: StepStatus },
  emr: EmrContext,
): Promise<CloudError> {
  const { logUri } = await clusterStatus(clusterId, emr)
  const log = { logUri, clusterId, stepId: status.id, waitMs: LOG_WAIT_MS }
  const words = await tailOfLog(log, emr)
  const hint = words === undefined ? `Its log will be at ${placeOfLog(log)}.` : `Its last words:\n${words}`
  return new CloudError(`the step ${status.id} has failed (${status.failure || 'no reason given'})`, {
    code: 'refused',
    hint,
  })
}

const stepText = ({ id, name, state, failure }: StepStatus): string =>
  `${name}: ${state} (${id})${failure === '' ? '' : `, ${failure}`}\n`

const stepDocument = ({ id, name, state, failure, createdAt, endedAt }: StepStatus) => ({
  id,
  name,
  state,
  failure,
  created_at: createdAt?.toISOString() ?? null,
  ended_at: endedAt?.toISOString() ?? null,
})

const document = (content: object): string => `${JSON.stringify(content)}\n`
