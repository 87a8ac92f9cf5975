import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'

export type StepState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'CANCEL_PENDING' | 'FAILED'

export const StepRequest = z.object({
  Name: z.string().min(1).max(256),
  ActionOnFailure: z
    .enum(['CONTINUE', 'CANCEL_AND_WAIT', 'TERMINATE_CLUSTER', 'TERMINATE_JOB_FLOW'])
    .default('CONTINUE'),
  HadoopJarStep: z.object({
    Jar: z.string().min(1).max(10_280),
    Args: z.array(z.string().max(10_280)).default([]),
  }),
})
export type StepRequest = z.output<typeof StepRequest>

export interface LocalStep {
  readonly id: string
  readonly request: StepRequest
  readonly createdAtMs: number
  state: StepState
  startedAtMs: number | undefined
  endedAtMs: number | undefined
  failure: string | undefined
}

/** A step on its way; `cancel` ends it by a signal. */
export interface RunningStep {
  /** Undefined when it did well, else why not. */
  readonly ended: Promise<string | undefined>
  readonly cancel: (signal: 'SIGTERM' | 'SIGKILL') => void
}

export interface StepQueueOptions {
  readonly nowMs: () => number
  readonly concurrency: number
  readonly start: (step: LocalStep) => RunningStep
  /** After a step has begun or ended, for the cluster to follow. */
  readonly onChange: () => void
  readonly onFailure: (action: StepRequest['ActionOnFailure']) => void
}

/** The steps of one cluster, run in order of their arrival, some at a time. */
export interface StepQueue {
  readonly all: readonly LocalStep[]
  readonly add: (requests: readonly StepRequest[]) => readonly string[]
  readonly find: (id: string) => LocalStep
  readonly isBusy: () => boolean
  /** Starts what may run; before, steps only wait. */
  readonly open: () => void
  readonly cancel: (id: string, signal: 'SIGTERM' | 'SIGKILL') => boolean
  readonly cancelPending: () => void
  /** Ends all, waits until they are gone, and takes no more. */
  readonly close: () => Promise<void>
}

/** EMR counts what is pending and running; what has ended is no limit. */
const MOST_ACTIVE_STEPS = 256

export const newId = (prefix: string): string =>
  `${prefix}-${randomBytes(7).toString('hex').toUpperCase().slice(0, 13)}`

export function stepQueue({ nowMs, concurrency, start, onChange, onFailure }: StepQueueOptions): StepQueue {
  const all: LocalStep[] = []
  const running = new Map<string, RunningStep>()
  let isOpen = false

  const end = (step: LocalStep, state: StepState, failure?: string): void => {
    step.state = state
    step.endedAtMs = nowMs()
    step.failure = failure
  }
  const cancelPending = (): void => {
    for (const step of all) if (step.state === 'PENDING') end(step, 'CANCELLED')
  }
  const run = (step: LocalStep): void => {
    step.state = 'RUNNING'
    step.startedAtMs = nowMs()
    const process = start(step)
    running.set(step.id, process)
    void process.ended.then((failure) => {
      running.delete(step.id)
      const isCancelled = step.state === 'CANCEL_PENDING'
      if (isCancelled) end(step, 'CANCELLED')
      else end(step, failure === undefined ? 'COMPLETED' : 'FAILED', failure)
      if (failure !== undefined && !isCancelled) onFailure(step.request.ActionOnFailure)
      next()
    })
  }
  const next = (): void => {
    const free = isOpen ? concurrency - running.size : 0
    for (const step of all.filter(({ state }) => state === 'PENDING').slice(0, free)) run(step)
    onChange()
  }
  const find = (id: string): LocalStep => {
    const step = all.find((one) => one.id === id)
    if (step === undefined) throw new AwsError('InvalidRequestException', `Step id '${id}' is not valid.`)
    return step
  }
  return {
    all,
    find,
    isBusy: () => all.some(({ endedAtMs }) => endedAtMs === undefined),
    open: () => {
      isOpen = true
      next()
    },
    add: (requests) => {
      const active = all.filter(({ endedAtMs }) => endedAtMs === undefined).length
      if (active + requests.length > MOST_ACTIVE_STEPS)
        throw new AwsError('ValidationException', `A cluster takes ${MOST_ACTIVE_STEPS} active steps.`)
      const steps = requests.map((request) => newStep(request, nowMs()))
      all.push(...steps)
      next()
      return steps.map(({ id }) => id)
    },
    cancel: (id, signal) => {
      const step = find(id)
      if (step.state === 'PENDING') {
        end(step, 'CANCELLED')
        next()
        return true
      }
      if (step.state !== 'RUNNING') return false
      step.state = 'CANCEL_PENDING'
      running.get(id)?.cancel(signal)
      return true
    },
    cancelPending,
    close: async () => {
      isOpen = false
      cancelPending()
      const last = [...running.values()]
      for (const step of all) if (step.state === 'RUNNING') step.state = 'CANCEL_PENDING'
      for (const process of last) process.cancel('SIGKILL')
      await Promise.all(last.map(({ ended }) => ended))
    },
  }
}

const newStep = (request: StepRequest, createdAtMs: number): LocalStep => ({
  id: newId('s'),
  request,
  createdAtMs,
  state: 'PENDING',
  startedAtMs: undefined,
  endedAtMs: undefined,
  failure: undefined,
})

/** What DescribeStep and ListSteps tell. Times are in seconds. */
export function describeStep(step: LocalStep) {
  const { request, startedAtMs, endedAtMs, failure } = step
  return {
    Id: step.id,
    Name: request.Name,
    Config: { Jar: request.HadoopJarStep.Jar, Args: request.HadoopJarStep.Args, Properties: {} },
    ActionOnFailure: request.ActionOnFailure,
    Status: {
      State: step.state,
      StateChangeReason: {},
      ...(failure !== undefined && { FailureDetails: { Reason: 'Unknown Error.', Message: failure } }),
      Timeline: {
        CreationDateTime: step.createdAtMs / 1000,
        ...(startedAtMs !== undefined && { StartDateTime: startedAtMs / 1000 }),
        ...(endedAtMs !== undefined && { EndDateTime: endedAtMs / 1000 }),
      },
    },
  }
}
