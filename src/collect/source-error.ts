/**
 * - `bad_options`: what was asked for cannot be done; somebody has to correct it
 * - `not_found`: there is nothing to read at the place named
 * - `access_denied`: the platform does not take the token, or gives nothing more for it
 */
export type SourceErrorCode = 'bad_options' | 'not_found' | 'access_denied'

/** A source that cannot go on. The message names the culprit and the way out, and never holds a token. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: SourceErrorCode

  constructor(message: string, options: { readonly code: SourceErrorCode; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
  }
}
