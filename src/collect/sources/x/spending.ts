import type { SourceOptions } from '../../source.ts'

/** What posts cost, and how many may be read. */
export interface Budget {
  readonly dollarsPerPost: number
  readonly maxPosts: number
}

/** Counts the posts that X bills, and tells what they cost so far. */
export function startSpending({ dollarsPerPost, maxPosts }: Budget, onEvent: SourceOptions['onEvent']) {
  let posts = 0
  return {
    count: (): void => {
      posts += 1
      onEvent({ kind: 'spent', posts, dollars: posts * dollarsPerPost })
    },
    left: (): number => maxPosts - posts,
  }
}

export type Spending = ReturnType<typeof startSpending>
