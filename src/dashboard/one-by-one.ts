import { PageError } from './page-error.ts'

interface OneByOneOptions {
  readonly mostWaiting: number
  /** What a reader is told where more would wait. */
  readonly isBusy: string
}

/**
 * Does one work after the other, in the order in which they came, so that what takes long leaves room for the rest.
 * The work throws PageError `busy` where too many wait.
 */
export function oneByOne({ mostWaiting, isBusy }: OneByOneOptions) {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (waiting >= mostWaiting) throw new PageError('busy', isBusy)
    waiting += 1
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine.finally(() => (waiting -= 1))
  }
}
