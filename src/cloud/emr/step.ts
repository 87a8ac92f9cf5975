import {
  AddJobFlowStepsCommand,
  CancelStepsCommand,
  paginateListSteps,
  type StepConfig,
  type StepState,
  type StepSummary,
} from '@aws-sdk/client-emr'
import { CloudError } from '../cloud-error.ts'
import type { EmrContext } from './emr-clients.ts'
import { patiently } from './patiently.ts'
import { stepName } from './step-request.ts'

export interface StepStatus {
  readonly id: string
  readonly name: string
  readonly state: StepState | 'UNKNOWN'
  /** EMR's words on a failure; empty without one. */
  readonly failure: string
  readonly createdAt: Date | undefined
  readonly endedAt: Date | undefined
}

const ACTIVE: ReadonlySet<string> = new Set(['PENDING', 'RUNNING', 'CANCEL_PENDING'])
const STEP_TIMEOUT_MS = 12 * 3_600_000

const isActive = ({ state }: StepStatus): boolean => ACTIVE.has(state)

/** All steps of a slot that a cluster knows, the newest first. @throws CloudError */
export async function stepsOfSlot(
  clusterId: string,
  slot: string,
  { aws, signal }: EmrContext,
): Promise<readonly StepStatus[]> {
  const found: StepStatus[] = []
  const pages = paginateListSteps({ client: aws.emr }, { ClusterId: clusterId }, { abortSignal: signal })
  for await (const { Steps = [] } of pages)
    found.push(...Steps.filter(({ Name }) => Name === stepName(slot)).map(toStatus))
  return found
}

function toStatus({ Id = '', Name = '', Status }: StepSummary): StepStatus {
  const { Reason, Message } = Status?.FailureDetails ?? {}
  return {
    id: Id,
    name: Name,
    state: Status?.State ?? 'UNKNOWN',
    failure: [Reason, Message].filter(Boolean).join(' '),
    createdAt: Status?.Timeline?.CreationDateTime,
    endedAt: Status?.Timeline?.EndDateTime,
  }
}

export interface Submission {
  readonly clusterId: string
  readonly slot: string
  readonly step: StepConfig
  /** Adds one even where the slot's step has done well. */
  readonly isAgain: boolean
}

export interface Submitted {
  readonly step: StepStatus
  readonly isNew: boolean
}

/**
 * Adds the step of a slot, unless one is on its way or has done well. AddJobFlowSteps has no token, so this looks first; two
 * that add at the same moment are no harm, as a slot's rows are published once by whoever holds its lease.
 * @throws CloudError
 */
export async function submitStep(submission: Submission, context: EmrContext): Promise<Submitted> {
  const { clusterId, slot, step, isAgain } = submission
  const before = await stepsOfSlot(clusterId, slot, context)
  const there = before.find((one) => isActive(one) || (one.state === 'COMPLETED' && !isAgain))
  if (there !== undefined) return { step: there, isNew: false }
  const { aws, signal } = context
  const { StepIds: [id = ''] = [] } = await aws.emr.send(
    new AddJobFlowStepsCommand({ JobFlowId: clusterId, Steps: [step] }),
    { abortSignal: signal },
  )
  return {
    step: {
      id,
      name: stepName(slot),
      state: 'PENDING',
      failure: '',
      createdAt: undefined,
      endedAt: undefined,
    },
    isNew: true,
  }
}

/**
 * Waits until a step has ended, well or not.
 * @throws CloudError `timeout`
 */
export async function untilEnded(
  { clusterId, slot, id }: { readonly clusterId: string; readonly slot: string; readonly id: string },
  context: EmrContext,
): Promise<StepStatus> {
  const look = async (): Promise<StepStatus | undefined> =>
    (await stepsOfSlot(clusterId, slot, context)).find((step) => step.id === id)
  const seen = await patiently(
    look,
    {
      describe: (step) => `step ${id} is ${step?.state ?? 'not listed yet'}`,
      isDone: (step) => step !== undefined && !isActive(step),
      timeoutMs: STEP_TIMEOUT_MS,
    },
    context,
  )
  if (seen !== undefined) return seen
  const hint = 'It goes on at EMR; `ripplerank emr step status` says how far it is.'
  throw new CloudError(`the step ${id} has not ended after 12 hours`, { code: 'timeout', hint })
}

/**
 * Cancels the steps of a slot that have not ended. One that runs gets SIGTERM, on which the command line interrupts its Spark
 * operation and publishes nothing.
 * @returns the ids of those that EMR took the request for
 * @throws CloudError
 */
export async function cancelSteps(
  clusterId: string,
  slot: string,
  context: EmrContext,
): Promise<readonly string[]> {
  const StepIds = (await stepsOfSlot(clusterId, slot, context)).filter(isActive).map(({ id }) => id)
  if (StepIds.length === 0) return []
  const { aws, signal } = context
  const { CancelStepsInfoList: told = [] } = await aws.emr.send(
    new CancelStepsCommand({ ClusterId: clusterId, StepIds, StepCancellationOption: 'SEND_INTERRUPT' }),
    { abortSignal: signal },
  )
  return told.flatMap(({ StepId, Status }) =>
    Status === 'SUBMITTED' && StepId !== undefined ? [StepId] : [],
  )
}
