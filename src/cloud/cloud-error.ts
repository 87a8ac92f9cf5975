/**
 * - `no_credentials`, `no_region`: nothing says who calls, or where
 * - `access_denied`: AWS knows the caller and does not allow the call, or does not know the caller
 * - `conflict`: a part of that name exists and is somebody else's
 * - `unreachable`: nobody answers, or the service has trouble of its own
 * - `timeout`: a part did not get ready in time
 * - `refused`: AWS answered no, for another reason
 */
export type CloudErrorCode =
  'no_credentials' | 'no_region' | 'access_denied' | 'conflict' | 'unreachable' | 'timeout' | 'refused'

interface CloudErrorOptions {
  readonly code: CloudErrorCode
  readonly hint: string
  readonly awsCode?: string
  readonly cause?: unknown
}

/** Any trouble with AWS. The message names the call; the hint is the way out, one sentence. */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  readonly code: CloudErrorCode
  readonly hint: string
  /** What AWS calls it, as `ResourceNotFoundException`; empty where it was not AWS. */
  readonly awsCode: string

  constructor(message: string, options: CloudErrorOptions) {
    super(message, { cause: options.cause })
    this.code = options.code
    this.hint = options.hint
    this.awsCode = options.awsCode ?? ''
  }

  /**
   * Turns whatever the SDK threw into a CloudError; one that is a CloudError already comes back as it is.
   * @param operation what was called, as `CreateDeliveryStream`; undefined where nothing was
   */
  static from(thrown: unknown, operation?: string): CloudError {
    if (thrown instanceof CloudError) return thrown
    const { code, hint } = diagnosisOf(thrown)
    const awsCode = nameOf(thrown)
    const culprit = operation === undefined ? '' : `${operation}: `
    return new CloudError(`${culprit}${sentenceOf(thrown)}`, { code, hint, awsCode, cause: thrown })
  }
}

/** True for an error that AWS calls by one of the names. */
export function isAws(error: unknown, ...names: readonly string[]): error is CloudError {
  return error instanceof CloudError && names.includes(error.awsCode)
}

type Diagnosis = Pick<CloudErrorOptions, 'code' | 'hint'>

const diagnoses: Readonly<
  Record<'credentials' | 'region' | 'access' | 'identity' | 'unreachable' | 'refused', Diagnosis>
> = {
  credentials: {
    code: 'no_credentials',
    hint: 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or run `ripplerank up` and paste the lines that it prints.',
  },
  region: { code: 'no_region', hint: 'Set AWS_REGION, or a region in the profile of AWS_PROFILE.' },
  access: {
    code: 'access_denied',
    hint: '`ripplerank pipeline policy` prints what the caller has to be allowed.',
  },
  identity: {
    code: 'access_denied',
    hint: 'Correct AWS_PROFILE or the AWS_ACCESS_KEY_ID that is set; a token may have expired.',
  },
  unreachable: {
    code: 'unreachable',
    hint: 'Correct AWS_REGION or the AWS_ENDPOINT_URL_ variable of the service, or try again later.',
  },
  refused: { code: 'refused', hint: 'Run the command again with --verbose to see the whole answer.' },
}

const identityErrors =
  /^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidSignature|MissingAuthenticationToken)/
const accessErrors = /^(AccessDenied|Forbidden$|403$|UnauthorizedOperation)/
// In the message too: the SDK may wrap the error of a socket, and its code is lost.
const networkErrors =
  /\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket hang up)\b/

function diagnosisOf(thrown: unknown): Diagnosis {
  const name = nameOf(thrown)
  if (/^(Credentials|Token)ProviderError$/.test(name)) return diagnoses.credentials
  if (/Region is missing/.test(messageOf(thrown))) return diagnoses.region
  if (identityErrors.test(name)) return diagnoses.identity
  const status = statusOf(thrown)
  if (accessErrors.test(name) || status === 403) return diagnoses.access
  const isNetwork =
    name === 'TimeoutError' ||
    causesOf(thrown).some(({ code, message }) => networkErrors.test(`${code} ${message}`))
  const isTheirs = status !== undefined && status >= 500 && status !== 501
  return isNetwork || isTheirs ? diagnoses.unreachable : diagnoses.refused
}

function sentenceOf(thrown: unknown): string {
  const name = nameOf(thrown)
  const message = messageOf(thrown).replaceAll(/\s+/g, ' ').trim()
  if (name === 'CredentialsProviderError') return 'no AWS credentials are set'
  if (message === '' || message === name) return name || 'no reason given'
  return name === 'Error' ? message : `${message} (${name})`
}

/** A name such as `localhost` with two addresses fails with an AggregateError, whose own message is empty. */
function messageOf(thrown: unknown): string {
  return causesOf(thrown).find(({ message }) => message !== '')?.message ?? String(thrown)
}

/** The error itself, then what it came from. */
function causesOf(thrown: unknown): readonly { readonly message: string; readonly code: string }[] {
  if (typeof thrown !== 'object' || thrown === null) return []
  const own = { message: textOf(thrown, 'message'), code: textOf(thrown, 'code') }
  const causes = 'errors' in thrown && Array.isArray(thrown.errors) ? thrown.errors : []
  return [own, ...('cause' in thrown ? [...causes, thrown.cause] : causes).flatMap(causesOf)]
}

const nameOf = (thrown: unknown): string => textOf(thrown, 'name')

function textOf(thrown: unknown, property: 'name' | 'message' | 'code'): string {
  if (typeof thrown !== 'object' || thrown === null) return ''
  const value: unknown = Reflect.get(thrown, property)
  return typeof value === 'string' ? value : ''
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return undefined
  const metadata = thrown.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}
