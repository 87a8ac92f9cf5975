import { EMRClient } from '@aws-sdk/client-emr'
import { IAMClient } from '@aws-sdk/client-iam'
import { S3Client } from '@aws-sdk/client-s3'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import { clientSettings, convertErrors, type AwsAccess } from '../aws-clients.ts'
import { CloudError } from '../cloud-error.ts'

/** The clients of the services that a cluster and its schedule need. Their errors are CloudErrors. */
export interface EmrClients extends Disposable {
  readonly emr: EMRClient
  readonly scheduler: SchedulerClient
  readonly s3: S3Client
  readonly iam: IAMClient
  readonly sqs: SQSClient
  readonly sts: STSClient
  readonly region: string
}

/** Whose calls, how often something is looked at that is not ready, and what ends the wait. */
export interface EmrContext {
  readonly aws: EmrClients
  readonly signal: AbortSignal
  readonly pollMs: number
  /** Says to people that something is still on its way. */
  readonly onStill: (what: string) => void
}

/** EMR answers a few calls a second for the whole account; the SDK's three attempts are over too soon. */
const MOST_ATTEMPTS = 6

/**
 * Opens the clients and makes sure that there are credentials and a region.
 * @throws CloudError `no_credentials`, `no_region`
 */
export async function openEmr({ endpoints = {}, onCall, ...access }: AwsAccess): Promise<EmrClients> {
  const settings = (endpoint: string | undefined) => ({
    ...clientSettings(access, endpoint),
    maxAttempts: MOST_ATTEMPTS,
  })
  const clients = {
    emr: new EMRClient(settings(endpoints.emr)),
    scheduler: new SchedulerClient(settings(endpoints.scheduler)),
    s3: new S3Client({
      ...settings(endpoints.s3),
      forcePathStyle: endpoints.s3 !== undefined,
      followRegionRedirects: true,
    }),
    iam: new IAMClient(settings(endpoints.iam)),
    // Another SQS than Amazon's may give out addresses under which it does not answer.
    sqs: new SQSClient({
      ...settings(endpoints.sqs),
      ...(endpoints.sqs !== undefined && { useQueueUrlAsEndpoint: false }),
    }),
    sts: new STSClient(settings(endpoints.sts)),
  }
  const step = { step: 'initialize', name: 'cloudErrors' } as const
  const convert = convertErrors(onCall)
  clients.emr.middlewareStack.add(convert, step)
  clients.scheduler.middlewareStack.add(convert, step)
  clients.s3.middlewareStack.add(convert, step)
  clients.iam.middlewareStack.add(convert, step)
  clients.sqs.middlewareStack.add(convert, step)
  clients.sts.middlewareStack.add(convert, step)
  const dispose = (): void => Object.values(clients).forEach((client) => client.destroy())
  try {
    await clients.emr.config.credentials()
    return { ...clients, region: await clients.emr.config.region(), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw CloudError.from(error)
  }
}
