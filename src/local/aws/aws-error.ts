/** An error as an AWS service answers it: its name, its sentence and its HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }

  /** Wraps whatever was thrown; an AwsError comes back as it is. */
  static from(thrown: unknown): AwsError {
    if (thrown instanceof AwsError) return thrown
    return new AwsError('InternalFailure', thrown instanceof Error ? thrown.message : String(thrown), 500)
  }
}
