/** A budget, or costs, that cannot be used. Each problem is one sentence that names it and the way out. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
  readonly code = 'unusable'
  readonly problems: readonly string[]

  constructor(problems: string | readonly string[], options?: { readonly cause?: unknown }) {
    const sentences = typeof problems === 'string' ? [problems] : problems
    super(sentences.join('\n'), options)
    this.problems = sentences
  }
}
