import { CreateQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs'
import { CloudError, isAws } from '../cloud-error.ts'
import { OWNER_TAG } from '../iam-role.ts'
import { CLUSTER_PREFIX } from './cluster-settings.ts'
import type { EmrContext } from './emr-clients.ts'

/** What there is of a queue. */
export interface DeadLetters {
  readonly arn: string
  /** About how many calls wait in it. */
  readonly waiting: number
}

const DAY_SECONDS = 86_400
const KEPT_DAYS = 14 // the most that SQS takes
/** Encrypted by a key of SQS's own: the Scheduler may write to it without rights on a key. */
const ATTRIBUTES = {
  MessageRetentionPeriod: String(KEPT_DAYS * DAY_SECONDS),
  SqsManagedSseEnabled: 'true',
} as const

const queueName = (name: string): string => `${CLUSTER_PREFIX}${name}-dead-letters`

/**
 * Makes the queue for a schedule's calls that EMR did not take, unless it is there. CreateQueue may be sent twice.
 * @returns its ARN, and whether there was none before
 * @throws CloudError `conflict` where a queue of that name is set in another way
 */
export async function ensureDeadLetters(
  name: string,
  context: EmrContext,
): Promise<{ readonly arn: string; readonly isNew: boolean }> {
  const { aws, signal } = context
  const there = await lookAtQueue(queueName(name), context)
  if (there !== undefined) return { arn: there.arn, isNew: false }
  const input = {
    QueueName: queueName(name),
    Attributes: { ...ATTRIBUTES },
    tags: { [OWNER_TAG.Key]: OWNER_TAG.Value },
  }
  try {
    await aws.sqs.send(new CreateQueueCommand(input), { abortSignal: signal })
  } catch (error) {
    if (!isAws(error, 'QueueNameExists', 'QueueAlreadyExists')) throw error
    const hint = 'Name the queue by --dead-letter-queue if it is yours.'
    throw new CloudError(`the queue ${input.QueueName} was not made by Ripplerank`, {
      code: 'conflict',
      hint,
      cause: error,
    })
  }
  const made = await lookAtQueue(queueName(name), context)
  return { arn: made?.arn ?? '', isNew: true }
}

/** @param arn of the queue @returns undefined where it cannot be looked at @throws CloudError */
export async function lookAtDeadLetters(arn: string, context: EmrContext): Promise<DeadLetters | undefined> {
  try {
    return await lookAtQueue(arn.split(':').at(-1) ?? '', context)
  } catch (error) {
    if (error instanceof CloudError && error.code === 'access_denied') return undefined
    throw error
  }
}

async function lookAtQueue(QueueName: string, { aws, signal }: EmrContext): Promise<DeadLetters | undefined> {
  const options = { abortSignal: signal }
  try {
    const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName }), options)
    const { Attributes: found = {} } = await aws.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages'],
      }),
      options,
    )
    return { arn: found.QueueArn ?? '', waiting: Number(found.ApproximateNumberOfMessages ?? 0) }
  } catch (error) {
    if (isAws(error, 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue')) return undefined
    throw error
  }
}
