import type { Readable, Writable } from 'node:stream'

/** What every command gets from the outside; a test passes its own. */
export interface CommandContext {
  /** The process's own where it is missing. */
  readonly variables?: NodeJS.ProcessEnv
  /** Aborted by Ctrl-C or SIGTERM; goes wherever work is done. */
  readonly signal: AbortSignal
  /** The process's own where it is missing. */
  readonly stdin?: Readable
  /** For results only. */
  readonly stdout: Output
  /** For people: progress and errors. */
  readonly stderr: Output
}

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }
