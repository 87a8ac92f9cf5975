/**
 * - `stream_missing`: there is no delivery stream of that name
 * - `stream_not_ready`: there is one, but it takes no records yet or any more
 * - `refused`: Firehose does not let this account in
 * - `locked`: another collector works on the same folder
 * - `bad_spool`: the folder holds something that no collector wrote
 * - `dropped`: records that a source cannot give again were lost
 */
export type CollectErrorCode =
  'stream_missing' | 'stream_not_ready' | 'refused' | 'locked' | 'bad_spool' | 'dropped'

/** Collecting cannot begin or go on. The message names the culprit; the hint is the way out, one sentence. */
export class CollectError extends Error {
  override readonly name = 'CollectError'
  readonly code: CollectErrorCode
  readonly hint: string

  constructor(
    code: CollectErrorCode,
    message: string,
    options: { readonly hint: string; readonly cause?: unknown },
  ) {
    super(message, options)
    this.code = code
    this.hint = options.hint
  }
}
