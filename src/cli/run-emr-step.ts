import { clusterStatus } from '../cloud/emr/cluster.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { placeOfLog, tailOfLog } from '../cloud/emr/step-log.ts'
import { stepRequest } from '../cloud/emr/step-request.ts'
import { cancelSteps, stepsOfSlot, submitStep, untilEnded, type StepStatus } from '../cloud/emr/step.ts'
import { CloudError } from '../cloud/cloud-error.ts'
import type { CommandContext } from './command-context.ts'
import { clusterIdOf, withEmr } from './emr-context.ts'
import { parseSlot, parseSubmit } from './emr-options.ts'
import { workOf } from './emr-work.ts'

/** EMR brings a step's log to S3 every five minutes. */
const LOG_WAIT_MS = 6 * 60_000

/** Adds the step of a slot, unless it is there, and waits for its end. */
export async function runStepSubmit(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSubmit(flags)
  const { slot, again: isAgain, window } = options
  const further = window === undefined ? [] : ['--window', window]
  const act = async (emr: EmrContext): Promise<string> => {
    const step = stepRequest({ ...workOf(options, further, context, emr), slot })
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
