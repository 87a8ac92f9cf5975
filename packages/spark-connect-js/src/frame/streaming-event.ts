/** What a source gave in one trigger. Offsets are the source's own JSON. */
export interface SourceProgress {
  readonly description: string
  readonly startOffset: unknown
  readonly endOffset: unknown
  readonly latestOffset: unknown
  readonly numInputRows: number
  /** Zero where it cannot be known, as in the first trigger. */
  readonly inputRowsPerSecond: number
  readonly processedRowsPerSecond: number
}

/** What one trigger of a query did, as Spark writes it in JSON. */
export interface StreamingQueryProgress {
  readonly id: string
  readonly runId: string
  readonly name: string | null
  /** ISO 8601, UTC. */
  readonly timestamp: string
  readonly batchId: number
  readonly batchDuration: number
  /** Of all sources together, as the rates are. */
  readonly numInputRows: number
  readonly inputRowsPerSecond: number
  readonly processedRowsPerSecond: number
  /** Milliseconds by the step that took them. */
  readonly durationMs: Readonly<Record<string, number>>
  readonly eventTime?: Readonly<Record<string, string>>
  readonly stateOperators: readonly Readonly<Record<string, unknown>>[]
  readonly sources: readonly SourceProgress[]
  readonly sink: { readonly description: string; readonly numOutputRows: number }
}

/** Spark's JSON of a trigger, with the sums over its sources that it leaves out. */
export const queryProgress = (json: unknown): StreamingQueryProgress => {
  const trigger = json as StreamingQueryProgress
  const sum = (of: 'numInputRows' | 'inputRowsPerSecond' | 'processedRowsPerSecond'): number =>
    trigger.sources.reduce((total, source) => total + (source[of] ?? 0), 0)
  return {
    ...trigger,
    numInputRows: sum('numInputRows'),
    inputRowsPerSecond: sum('inputRowsPerSecond'),
    processedRowsPerSecond: sum('processedRowsPerSecond'),
  }
}

export interface QueryStartedEvent {
  readonly id: string
  readonly runId: string
  readonly name: string | null
  readonly timestamp: string
}

export interface QueryProgressEvent {
  readonly progress: StreamingQueryProgress
}

export interface QueryIdleEvent {
  readonly id: string
  readonly runId: string
  readonly timestamp: string
}

export interface QueryTerminatedEvent {
  readonly id: string
  readonly runId: string
  /** What it failed with; null if it was stopped or came to its end. */
  readonly exception: string | null
  readonly errorClassOnException: string | null
}

/** What is called as queries of the session start, go on and end. */
export interface StreamingQueryListener {
  readonly onQueryStarted?: (event: QueryStartedEvent) => void
  readonly onQueryProgress?: (event: QueryProgressEvent) => void
  readonly onQueryIdle?: (event: QueryIdleEvent) => void
  readonly onQueryTerminated?: (event: QueryTerminatedEvent) => void
  /** No further event comes: the connection broke, or another listener threw this. */
  readonly onError?: (cause: unknown) => void
}
