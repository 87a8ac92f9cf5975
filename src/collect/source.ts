/** One tweet on its way: a flat record, and what delivery has to know of it without reading it again. */
export interface CollectedRecord {
  readonly data: string // the flat record as JSON, values as text, without a line end
  readonly tweetId: string
  readonly rootId: string // records of one cascade keep their order
  readonly tweetedAtMs: number
  readonly position: string | null // from where the source can go on after this record; null where it cannot
}

/** What a source tells beside its records. */
export type SourceEvent =
  | { readonly kind: 'received' } // something that may be a record, whether it is of the term or not
  | { readonly kind: 'refused'; readonly reason: string; readonly data: string } // not usable; kept for a person to see
  | { readonly kind: 'connected'; readonly detail: string }
  | { readonly kind: 'disconnected'; readonly reason: string; readonly retryInMs: number }
  | { readonly kind: 'spent'; readonly posts: number; readonly dollars: number } // so far, in this run

/** What a source is opened with. */
export interface SourceOptions {
  readonly term: string
  readonly after: string | null // the position of the last record that was delivered or spooled
  readonly signal: AbortSignal
  readonly onEvent: (event: SourceEvent) => void
}

/**
 * Where records come from. Ends when the source has ended or the signal says so; a consumer that does not ask for the
 * next record holds the source back.
 */
export type Source = (options: SourceOptions) => AsyncIterable<CollectedRecord>
