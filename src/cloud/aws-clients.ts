import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { FirehoseClient } from '@aws-sdk/client-firehose'
import { IAMClient } from '@aws-sdk/client-iam'
import { S3Client } from '@aws-sdk/client-s3'
import { CloudError } from './cloud-error.ts'

/** The services that are called, by names of our own. */
type AwsService = 'firehose' | 's3' | 'iam' | 'logs' | 'emr' | 'scheduler' | 'secrets' | 'sqs' | 'sts'

/** Who calls, and where. What is missing the SDK finds by itself: profiles, the instance's role. */
export interface AwsAccess {
  readonly region?: string | undefined
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined
  /** Other places than Amazon's, as `http://127.0.0.1:4566`. */
  readonly endpoints?: Readonly<Partial<Record<AwsService, string | undefined>>>
  /** Called before each call with its name, as `CreateDeliveryStream`. */
  readonly onCall?: (operation: string) => void
}

/** The clients of the services that a pipeline is made of. Their errors are CloudErrors. */
export interface AwsClients extends Disposable {
  readonly firehose: FirehoseClient
  readonly s3: S3Client
  readonly iam: IAMClient
  readonly logs: CloudWatchLogsClient
  readonly region: string
}

/**
 * Opens the clients and makes sure that there are credentials and a region.
 * @throws CloudError `no_credentials`, `no_region`
 */
export async function openAws({
  region,
  credentials,
  endpoints = {},
  onCall,
}: AwsAccess): Promise<AwsClients> {
  const settings = (endpoint: string | undefined) => clientSettings({ region, credentials }, endpoint)
  const clients = {
    firehose: new FirehoseClient(settings(endpoints.firehose)),
    s3: new S3Client({
      ...settings(endpoints.s3),
      forcePathStyle: endpoints.s3 !== undefined,
      followRegionRedirects: true, // the bucket may be in another region than the stream
    }),
    iam: new IAMClient(settings(endpoints.iam)),
    logs: new CloudWatchLogsClient(settings(endpoints.logs)),
  }
  const step = { step: 'initialize', name: 'cloudErrors' } as const
  const convert = convertErrors(onCall)
  clients.firehose.middlewareStack.add(convert, step)
  clients.s3.middlewareStack.add(convert, step)
  clients.iam.middlewareStack.add(convert, step)
  clients.logs.middlewareStack.add(convert, step)
  const dispose = (): void => Object.values(clients).forEach((client) => client.destroy())
  try {
    await clients.firehose.config.credentials()
    return { ...clients, region: await clients.firehose.config.region(), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw CloudError.from(error)
  }
}

/** What a client of the SDK takes: what is not known is left to the SDK. */
export const clientSettings = ({ region, credentials }: AwsAccess, endpoint: string | undefined) => ({
  ...(region !== undefined && { region }),
  ...(credentials !== undefined && { credentials }),
  ...(endpoint !== undefined && { endpoint }),
})

/** A step around each call, for a client's `middlewareStack`. */
export function convertErrors(onCall: (operation: string) => void = () => {}) {
  return <A, R>(next: (args: A) => Promise<R>, { commandName = 'AWS' }: { readonly commandName?: string }) =>
    async (args: A): Promise<R> => {
      const operation = commandName.replace(/Command$/, '')
      onCall(operation)
      try {
        return await next(args)
      } catch (error) {
        throw CloudError.from(error, operation)
      }
    }
}
