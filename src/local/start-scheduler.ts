import * as sdk from '@aws-sdk/client-scheduler'
import { LOCAL_ACCOUNT } from './account.ts'
import { AwsError } from './aws/aws-error.ts'
import { startHttpServer, type HttpAnswer, type HttpRequest } from './aws/http-server.ts'
import { serviceModel } from './aws/model.ts'
import { systemClock, type Clock } from './clock.ts'
import { openSchedules, type FiredOutcome, type Invocation } from './scheduler/schedules.ts'

export type { FiredOutcome }

export interface LocalSchedulerOptions {
  /** Where calls of `emr:...` go. */
  readonly emrEndpoint: string
  readonly region: string
  /** Where calls go that nobody took, if their schedule names a queue; default: nowhere. */
  readonly sqsEndpoint?: string
  /** Whether a schedule may have a role; default: any. */
  readonly isRoleAssumable?: (arn: string) => boolean
  /** Default: the machine's. One that is moved by hand makes a day pass in a moment. */
  readonly clock?: Clock
}

/** An EventBridge Scheduler on loopback. Its schedules are in memory and end with it. */
export type LocalScheduler = AsyncDisposable & {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_SCHEDULER. */
  readonly endpoint: string
  /** All calls that were due so far, in the order in which they ended. */
  readonly fired: () => readonly FiredOutcome[]
}

const OPERATIONS: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  PUT: 'UpdateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
}

/**
 * Starts a Scheduler whose schedules call EMR as its universal targets do. What comes in and goes out is checked against the
 * SDK's model. Signatures are not checked.
 * @example await using scheduler = await startScheduler({ emrEndpoint: emr.endpoint, region })
 */
export async function startScheduler(options: LocalSchedulerOptions): Promise<LocalScheduler> {
  const { clock = systemClock, emrEndpoint, sqsEndpoint, region } = options
  const fired: FiredOutcome[] = []
  const operations: Readonly<Record<string, (input: unknown) => unknown>> = openSchedules({
    clock,
    account: LOCAL_ACCOUNT,
    region,
    invoke: (invocation) => invokeEmr(emrEndpoint, invocation),
    isRoleAssumable: options.isRoleAssumable ?? (() => true),
    onFired: async (outcome) => {
      const { deadLetterArn, failure } = outcome
      if (sqsEndpoint !== undefined && deadLetterArn !== undefined && failure !== undefined)
        await sendDeadLetter(sqsEndpoint, { ...outcome, deadLetterArn, failure })
      fired.push(outcome)
    },
  })
  const model = serviceModel(sdk)
  const act = (request: HttpRequest): unknown => {
    const name = OPERATIONS[request.method] ?? ''
    const input = model.check(name, inputOf(request))
    const output: unknown = JSON.parse(JSON.stringify(operations[name]?.(input)))
    model.checkOutput(name, output)
    return output
  }
  const server = await startHttpServer(async (request) => answerOf(() => act(request)))
  return { ...server, fired: () => fired }
}

/** The name is in the path, what else there is in the query and the body: AWS' REST protocol with JSON. */
function inputOf({ path, body }: HttpRequest): Readonly<Record<string, unknown>> {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  const [, root, Name = ''] = pathname.split('/')
  if (root !== 'schedules')
    throw new AwsError('UnknownOperationException', `${pathname} is not known here`, 404)
  const content: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
  const GroupName = searchParams.get('groupName')
  const clientToken = searchParams.get('clientToken')
  return {
    ...Object.fromEntries(Object.entries(content ?? {})),
    Name: decodeURIComponent(Name),
    ...(GroupName !== null && { GroupName }),
    ...(clientToken !== null && { ClientToken: clientToken }),
  }
}

function answerOf(act: () => unknown): HttpAnswer {
  const contentType = 'application/json'
  try {
    return { status: 200, contentType, body: JSON.stringify(act()) }
  } catch (thrown) {
    const { code, message, status } = AwsError.from(thrown)
    return { status, contentType, errorType: code, body: JSON.stringify({ Message: message }) }
  }
}

type DeadLetter = FiredOutcome & { readonly deadLetterArn: string; readonly failure: string }

/**
 * Puts what was to be said into a queue, as the Scheduler does.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
async function sendDeadLetter(
  endpoint: string,
  { deadLetterArn, input, failure }: DeadLetter,
): Promise<void> {
  const ask = async (call: string, body: object): Promise<{ readonly QueueUrl?: string }> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${call}` }
    const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) })
    const content: { readonly QueueUrl?: string } = JSON.parse(await answer.text())
    return content
  }
  const { QueueUrl } = await ask('GetQueueUrl', { QueueName: deadLetterArn.split(':').at(-1) })
  const ERROR_CODE = { DataType: 'String', StringValue: failure }
  await ask('SendMessage', { QueueUrl, MessageBody: input, MessageAttributes: { ERROR_CODE } })
}

/** @throws AwsError with EMR's own name for what is wrong */
async function invokeEmr(endpoint: string, { operation, input }: Invocation): Promise<void> {
  const [service, call = ''] = operation.split(':')
  if (service !== 'emr') throw new AwsError('ValidationException', `${operation} is not known here`)
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `ElasticMapReduce.${call.charAt(0).toUpperCase()}${call.slice(1)}`,
    },
    body: input,
  })
  if (answer.ok) return
  const { __type = 'Unknown', message = '' }: { readonly __type?: string; readonly message?: string } =
    JSON.parse(await answer.text())
  throw new AwsError(__type, message, answer.status)
}
