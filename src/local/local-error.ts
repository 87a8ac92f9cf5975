/**
 * - `runtime_missing`: set-up has not been run, or there is no build of a part for this machine
 * - `start_failed`: a service ended or refused while it started
 * - `start_timeout`: a service did not answer in time
 * - `disk_full`: no space left in the state folder
 * - `lost`: a service that was up has ended
 */
export const localErrorCodes = [
  'runtime_missing',
  'start_failed',
  'start_timeout',
  'disk_full',
  'lost',
] as const
export type LocalErrorCode = (typeof localErrorCodes)[number]

/** A part of the embedded runtime is not there. The message names the part; the hint is the way out, one sentence. */
export class LocalError extends Error {
  override readonly name = 'LocalError'
  readonly code: LocalErrorCode
  readonly hint: string

  constructor(
    code: LocalErrorCode,
    message: string,
    options: { readonly hint: string; readonly cause?: unknown },
  ) {
    super(message, options)
    this.code = code
    this.hint = options.hint
  }

  /** Wraps whatever was thrown; a LocalError comes back as it is. */
  static from(thrown: unknown): LocalError {
    if (thrown instanceof LocalError) return thrown
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC') {
      const hint = 'Free some space, or move the project to a larger disk.'
      return new LocalError('disk_full', 'The disk is full.', { hint, cause: thrown })
    }
    const hint = 'See the log files in the state folder.'
    return new LocalError('start_failed', message, { hint, cause: thrown })
  }
}
