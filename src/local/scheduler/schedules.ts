import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { Clock } from '../clock.ts'
import { nextFireTime } from './fire-times.ts'

export const ScheduleRequest = z.object({
  Name: z.string().regex(/^[0-9a-zA-Z\-_.]{1,64}$/),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string().max(256),
  ScheduleExpressionTimezone: z.literal('UTC').default('UTC'),
  Description: z.string().max(512).optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  Target: z.object({
    Arn: z.string().regex(/^arn:aws[\w-]*:scheduler:::aws-sdk:[a-z0-9]+:[a-zA-Z]+$/),
    RoleArn: z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/),
    Input: z.string().min(1).default('{}'),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
    RetryPolicy: z
      .object({
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
        MaximumRetryAttempts: z.int().min(0).max(185).default(185),
      })
      .default({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }),
  }),
})
export type ScheduleRequest = z.output<typeof ScheduleRequest>

/** What a schedule does: calls an operation of a service with a text. */
export interface Invocation {
  /** As `emr:addJobFlowSteps`. */
  readonly operation: string
  readonly input: string
}

interface LocalSchedule {
  readonly request: ScheduleRequest
  readonly arn: string
  readonly createdAtMs: number
  readonly changedAtMs: number
  readonly timer: Disposable | undefined
}

export interface SchedulesOptions {
  readonly clock: Clock
  readonly account: string
  readonly region: string
  readonly invoke: (invocation: Invocation) => Promise<void>
  /** Whether the Scheduler may take on a role. */
  readonly isRoleAssumable: (arn: string) => boolean
  /** What came of it. */
  readonly onFired: (outcome: FiredOutcome) => Promise<void>
}

/** One call that was due, and what became of it. */
export interface FiredOutcome extends Invocation {
  readonly schedule: string
  /** Of the queue for calls that nobody took. */
  readonly deadLetterArn: string | undefined
  /** `2026-01-02T03:15:00Z` */
  readonly scheduledTime: string
  /** Why it went to the dead-letter queue; undefined where it was taken. */
  readonly failure: string | undefined
  readonly attempts: number
}

/** CreateSchedule, UpdateSchedule, GetSchedule, DeleteSchedule. */
export function openSchedules(options: SchedulesOptions) {
  const { clock, account, region, invoke, isRoleAssumable, onFired } = options
  const schedules = new Map<string, LocalSchedule>()
  const find = (name: string): LocalSchedule => {
    const found = schedules.get(name)
    if (found) return found
    throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404)
  }

  const fire = async (request: ScheduleRequest, atMs: number): Promise<void> => {
    const scheduledTime = new Date(atMs).toISOString().replace('.000Z', 'Z')
    const { Arn, Input, RetryPolicy, DeadLetterConfig } = request.Target
    const words: Readonly<Record<string, string>> = {
      'scheduled-time': scheduledTime,
      'execution-id': randomUUID(),
      'attempt-number': '1',
    }
    const input = Input.replaceAll(/<aws\.scheduler\.([a-z-]+)>/g, (all, word: string) => words[word] ?? all)
    const operation = Arn.split('aws-sdk:')[1] ?? ''
    let failure: string | undefined
    for (let attempts = 1; attempts <= RetryPolicy.MaximumRetryAttempts + 1; attempts += 1) {
      failure = await invoke({ operation, input }).then(
        () => undefined,
        (error: unknown) => (error instanceof AwsError && error.status < 500 ? error.code : String(error)),
      )
      const isFinal = failure === undefined || !/Throttling|TypeError|5\d\d/.test(failure)
      if (isFinal || attempts > RetryPolicy.MaximumRetryAttempts)
        return onFired({
          schedule: request.Name,
          scheduledTime,
          operation,
          input,
          failure,
          attempts,
          deadLetterArn: DeadLetterConfig?.Arn,
        })
    }
  }

  const wanted = (input: unknown): ScheduleRequest => {
    const request = checked(ScheduleRequest, input)
    if (isRoleAssumable(request.Target.RoleArn)) return request
    const sentence = 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.'
    throw new AwsError('ValidationException', sentence)
  }
  const put = (request: ScheduleRequest, createdAtMs: number): LocalSchedule => {
    const next = nextFireTime(request.ScheduleExpression, createdAtMs)
    schedules.get(request.Name)?.timer?.[Symbol.dispose]()
    const wait = (): Disposable => {
      const atMs = next(clock.nowMs())
      return clock.after(atMs - clock.nowMs(), () => {
        const current = schedules.get(request.Name)
        if (current?.request !== request) return
        schedules.set(request.Name, { ...current, timer: wait() })
        void fire(request, atMs)
      })
    }
    const schedule = {
      request,
      arn: `arn:aws:scheduler:${region}:${account}:schedule/${request.GroupName}/${request.Name}`,
      createdAtMs,
      changedAtMs: clock.nowMs(),
      timer: request.State === 'ENABLED' ? undefined : { [Symbol.dispose]: () => {} },
    }
    schedules.set(request.Name, schedule)
    if (request.State === 'ENABLED') schedules.set(request.Name, { ...schedule, timer: wait() })
    return schedule
  }

  return {
    CreateSchedule: (input: unknown) => {
      const request = wanted(input)
      if (schedules.has(request.Name))
        throw new AwsError('ConflictException', `Schedule ${request.Name} already exists.`, 409)
      return { ScheduleArn: put(request, clock.nowMs()).arn }
    },
    UpdateSchedule: (input: unknown) => {
      const request = wanted(input)
      return { ScheduleArn: put(request, find(request.Name).createdAtMs).arn }
    },
    GetSchedule: (input: unknown) => {
      const { Name } = checked(z.object({ Name: z.string() }), input)
      const { request, arn, createdAtMs, changedAtMs } = find(Name)
      return {
        ...request,
        Arn: arn,
        CreationDate: createdAtMs / 1000,
        LastModificationDate: changedAtMs / 1000,
      }
    },
    DeleteSchedule: (input: unknown) => {
      const { Name } = checked(z.object({ Name: z.string() }), input)
      find(Name).timer?.[Symbol.dispose]()
      schedules.delete(Name)
      return {}
    },
  }
}
