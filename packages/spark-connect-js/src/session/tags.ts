import { SparkConnectError } from '../wire/error.ts'

/** The names under which a session's next operations run, so that they can be interrupted together. */
export class OperationTags {
  readonly #tags = new Set<string>()

  /** @throws SparkConnectError INVALID_ARGUMENT */
  add(tag: string): void {
    this.#tags.add(validTag(tag))
  }

  remove(tag: string): void {
    this.#tags.delete(validTag(tag))
  }

  clear(): void {
    this.#tags.clear()
  }

  get all(): ReadonlySet<string> {
    return new Set(this.#tags)
  }
}

/** The rule of Spark's server (`SparkContext.throwIfInvalidTag`). @throws SparkConnectError INVALID_ARGUMENT */
export const validTag = (tag: string): string => {
  if (tag === '' || tag.includes(',')) {
    throw new SparkConnectError(`"${tag}" cannot be a tag: a tag is not empty and has no comma`, {
      code: 'INVALID_ARGUMENT',
    })
  }
  return tag
}
