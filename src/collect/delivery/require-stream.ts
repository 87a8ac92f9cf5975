import {
  DescribeDeliveryStreamCommand,
  ResourceNotFoundException,
  type DeliveryStreamDescription,
  type FirehoseClient,
} from '@aws-sdk/client-firehose'
import { CollectError } from './collect-error.ts'
import { reasonOf } from './put-batch.ts'

/** What has to be known of a delivery stream before the first record. */
export interface StreamFacts {
  readonly endsLines: boolean // it writes a line end after each record by itself
  readonly unknownBecause: string | null // nobody answered; the stream is taken for one that `pipeline create` made
}

/**
 * Finds out whether a stream takes records. That nobody answers is no error: records wait in the spool until somebody does.
 *
 * @throws CollectError `stream_missing`, `stream_not_ready`, or `refused` where the account or the request is wrong
 */
export async function requireStream(
  firehose: FirehoseClient,
  { stream, term, signal }: { readonly stream: string; readonly term: string; readonly signal: AbortSignal },
): Promise<StreamFacts> {
  try {
    const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName: stream })
    const { DeliveryStreamDescription: found } = await firehose.send(command, { abortSignal: signal })
    return { endsLines: endsLines(readyOnly(stream, found)), unknownBecause: null }
  } catch (error) {
    if (error instanceof CollectError) throw error
    signal.throwIfAborted()
    if (error instanceof ResourceNotFoundException) throw missing(stream, { term, cause: error })
    if (isOurFault(error)) throw refused(stream, error)
    return { endsLines: true, unknownBecause: reasonOf(error) }
  }
}

function readyOnly(stream: string, found?: DeliveryStreamDescription): DeliveryStreamDescription | undefined {
  const status = found?.DeliveryStreamStatus
  if (status === undefined || status === 'ACTIVE') return found
  const hint =
    status === 'CREATING' ? 'Wait until it is ACTIVE.' : 'Look at it with `ripplerank pipeline status`.'
  throw new CollectError('stream_not_ready', `the delivery stream ${stream} is ${status}`, { hint })
}

function endsLines(found: DeliveryStreamDescription | undefined): boolean {
  const processing = found?.Destinations?.[0]?.ExtendedS3DestinationDescription?.ProcessingConfiguration
  const processors = processing?.Enabled === true ? (processing.Processors ?? []) : []
  return processors.some(({ Type }) => Type === 'AppendDelimiterToRecord')
}

function missing(
  stream: string,
  { term, cause }: { readonly term: string; readonly cause: unknown },
): CollectError {
  const hint = `Run \`ripplerank pipeline create ${JSON.stringify(term)}\` first.`
  return new CollectError('stream_missing', `there is no delivery stream ${stream}`, { hint, cause })
}

function refused(stream: string, cause: unknown): CollectError {
  const hint =
    'Correct the credentials, the region or the rights of the account (`ripplerank pipeline policy`).'
  return new CollectError('refused', `Firehose refuses the stream ${stream}: ${reasonOf(cause)}`, {
    hint,
    cause,
  })
}

/** True where the same request would be refused again: credentials that are missing or wrong, or an answer of 4xx. */
function isOurFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'CredentialsProviderError') return true
  if (/Throttl|TooManyRequests|LimitExceeded|RequestTimeout/.test(error.name)) return false
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined
  return typeof status === 'number' && status >= 400 && status < 500
}
