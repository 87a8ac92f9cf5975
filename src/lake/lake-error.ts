export type LakeErrorCode = 'not_found' | 'access_denied' | 'unreachable' | 'failed'

/** What went wrong where raw objects or silver lie, in words that a caller can act on. */
export class LakeError extends Error {
  override readonly name = 'LakeError'
  readonly code: LakeErrorCode

  constructor(message: string, options: { readonly code: LakeErrorCode; readonly cause?: unknown }) {
    super(message, { cause: options.cause })
    this.code = options.code
  }

  /** @param place what was looked at, such as `s3://bucket/raw` */
  static from(error: unknown, place: string): LakeError {
    if (error instanceof LakeError) return error
    const { name, code, message } = partsOf(error)
    const found = SENTENCES.find(({ errors }) => errors.test(name) || errors.test(code))
    const { code: ours, sentence } = found ?? { code: 'failed' as const, sentence: 'cannot be looked at' }
    return new LakeError(`${place} ${sentence} (${message})`, { code: ours, cause: error })
  }
}

// Names by S3 and its SDK, codes by Node.
const SENTENCES = [
  {
    errors: /^(NoSuchBucket|NoSuchKey|NotFound|ENOENT)$/,
    code: 'not_found',
    sentence: 'does not exist; correct the address',
  },
  {
    errors:
      /^(AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|EACCES|CredentialsProviderError)$/,
    code: 'access_denied',
    sentence: 'may not be read; correct the credentials, or grant s3:ListBucket and s3:GetObject',
  },
  {
    errors:
      /^(ECONN\w+|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|TimeoutError|ServiceUnavailable|SlowDown|InternalError|503)$/,
    code: 'unreachable',
    sentence: 'does not answer; see whether S3 is up and AWS_ENDPOINT_URL_S3 is right',
  },
] as const

function partsOf(error: unknown): { readonly name: string; readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', code: '', message: String(error) }
  const name = 'name' in error ? String(error.name) : ''
  const code = 'code' in error ? String(error.code) : ''
  const message = 'message' in error ? String(error.message) : ''
  return { name, code, message: message || code || name }
}
