/** A flag, a variable or a file that cannot be used. Each problem is one sentence that names it and the way out. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'invalid_configuration'
  readonly problems: readonly string[]

  constructor(problems: string | readonly string[], options?: { readonly cause?: unknown }) {
    const sentences = typeof problems === 'string' ? [problems] : problems
    super(sentences.join('\n'), options)
    this.problems = sentences
  }
}
