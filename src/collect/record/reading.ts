import type { JsonObject } from './json.ts'
import type { Tweet } from './tweet.ts'

/** What a record is to the collector. */
export type Reading =
  | { readonly is: 'tweet'; readonly tweet: Tweet }
  /** A flat record already: goes on with its own values. */
  | { readonly is: 'flat'; readonly tweet: Tweet; readonly json: JsonObject }
  /** What a flat record cannot say, a deletion or a follow: goes on as it came. */
  | { readonly is: 'notice'; readonly about: string; readonly atMs: number | null }
  | Refused

export interface Refused {
  readonly is: 'refused'
  readonly reason: string // in the words of docs/formats.md
}

export const refused = (reason: string): Refused => ({ is: 'refused', reason })
