import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
  type GetScheduleCommandOutput,
} from '@aws-sdk/client-scheduler'
import { isAws } from '../cloud-error.ts'
import { CLUSTER_PREFIX } from './cluster-settings.ts'
import { lookAtDeadLetters } from './dead-letters.ts'
import type { EmrContext } from './emr-clients.ts'
import { onceKnown } from './once-known.ts'
import { stepRequest, type StepSettings } from './step-request.ts'

export interface ScheduleSettings extends Omit<StepSettings, 'slot'> {
  readonly name: string
  readonly clusterId: string
  /** That the Scheduler takes on. */
  readonly roleArn: string
  /** An SQS queue for calls that EMR did not take; undefined forgets them. The next step makes up for the slot in any case. */
  readonly deadLetterArn: string | undefined
}

/** What there is of a schedule. */
export interface ScheduleStatus {
  readonly name: string
  readonly state: string
  readonly expression: string
  readonly clusterId: string
  readonly changedAt: Date | undefined
  /** About how many calls EMR did not take in the last 14 days; undefined where there is no queue, or it cannot be seen. */
  readonly deadLetters: number | undefined
}

const scheduleName = (name: string): string => `${CLUSTER_PREFIX}${name}`

/** The Scheduler puts the time of the call there, as 2026-01-02T03:15:00Z: the end of the slot. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>'
/** On the quarter hours, in UTC, on which slots end. */
const EXPRESSION = 'cron(0/15 * * * ? *)'
/** After an hour the next steps have long made up for this one. */
const MOST_SECONDS = 3_600
const MOST_ATTEMPTS = 20

/**
 * What CreateSchedule and UpdateSchedule take: the Scheduler itself calls AddJobFlowSteps, by its universal target.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
function scheduleRequest(settings: ScheduleSettings): CreateScheduleCommandInput {
  const { name, clusterId, roleArn, deadLetterArn } = settings
  const [, partition = 'aws'] = roleArn.split(':')
  const step = stepRequest({ ...settings, slot: SCHEDULED_TIME }, 'schedule')
  return {
    Name: scheduleName(name),
    Description: 'Adds the EMR step that scores the slot which ends now, and slots that were missed.',
    ScheduleExpression: EXPRESSION,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: {
      Arn: `arn:${partition}:scheduler:::aws-sdk:emr:addJobFlowSteps`,
      RoleArn: roleArn,
      Input: JSON.stringify({ JobFlowId: clusterId, Steps: [step] }),
      RetryPolicy: { MaximumEventAgeInSeconds: MOST_SECONDS, MaximumRetryAttempts: MOST_ATTEMPTS },
      ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
    },
  }
}

/**
 * Makes a schedule, or sets one of its name to these settings, as after a cluster was replaced. Safe to run again.
 * @param isRoleNew waits until the Scheduler knows its role
 * @returns whether there was none before
 * @throws CloudError
 */
export async function putSchedule(
  settings: ScheduleSettings,
  context: EmrContext,
  isRoleNew = false,
): Promise<boolean> {
  const { aws, signal } = context
  const request = scheduleRequest(settings)
  const options = { abortSignal: signal }
  try {
    const create = () => aws.scheduler.send(new CreateScheduleCommand(request), options)
    await onceKnown(create, isRoleNew, context)
    return true
  } catch (error) {
    if (!isAws(error, 'ConflictException')) throw error
    await aws.scheduler.send(new UpdateScheduleCommand(request), options)
    return false
  }
}

/** @returns undefined where there is none @throws CloudError */
export async function scheduleStatus(name: string, context: EmrContext): Promise<ScheduleStatus | undefined> {
  const { aws, signal } = context
  try {
    const found = await aws.scheduler.send(new GetScheduleCommand({ Name: scheduleName(name) }), {
      abortSignal: signal,
    })
    const arn = found.Target?.DeadLetterConfig?.Arn
    const letters = arn === undefined ? undefined : await lookAtDeadLetters(arn, context)
    return { ...toStatus(name, found), deadLetters: letters?.waiting }
  } catch (error) {
    if (isAws(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}

function toStatus(name: string, found: GetScheduleCommandOutput): Omit<ScheduleStatus, 'deadLetters'> {
  const [, clusterId = ''] = /"JobFlowId":"([^"]*)"/.exec(found.Target?.Input ?? '') ?? []
  return {
    name,
    state: found.State ?? 'UNKNOWN',
    expression: found.ScheduleExpression ?? '',
    clusterId,
    changedAt: found.LastModificationDate ?? found.CreationDate,
  }
}

/** @returns whether there was one @throws CloudError */
export async function deleteSchedule(name: string, { aws, signal }: EmrContext): Promise<boolean> {
  try {
    await aws.scheduler.send(new DeleteScheduleCommand({ Name: scheduleName(name) }), { abortSignal: signal })
    return true
  } catch (error) {
    if (isAws(error, 'ResourceNotFoundException')) return false
    throw error
  }
}
