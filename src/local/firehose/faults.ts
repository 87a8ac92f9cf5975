/** What goes wrong on purpose, for tests. Times are the clock's, in milliseconds since 1970; `to` is exclusive. */
export interface FirehoseFaults {
  /** Share of a batch's records that are refused, spread over it by chance. */
  readonly failingShare?: number
  /** Puts are answered with ServiceUnavailableException. */
  readonly throttledMs?: { readonly from: number; readonly to: number }
  /** Connections are closed without an answer. */
  readonly isDown?: boolean
  /** A stream that is created now ends in CREATING_FAILED. */
  readonly failsCreation?: boolean
}
