/** Why there is no page: nothing is there at all, not this, the address or a file is wrong, or it is too much. */
export type PageErrorCode = 'empty' | 'not_found' | 'bad_request' | 'bad_file' | 'too_large' | 'busy'

/** A page that cannot be shown, and a sentence for the reader that says why. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly code: PageErrorCode
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[]

  constructor(code: PageErrorCode, problems: string | readonly string[]) {
    const sentences = typeof problems === 'string' ? [problems] : problems
    super(sentences.join(' '))
    this.code = code
    this.problems = sentences
  }
}
