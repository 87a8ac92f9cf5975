// https://docs.x.com/x-api/fundamentals/handling-disconnections

/** Why a call did not succeed, as X's rules for the next attempt distinguish it. */
export type FailureKind = 'network' | 'http' | 'rate'

const RULES: Readonly<Record<FailureKind, (lastMs: number) => number>> = {
  network: (lastMs) => Math.min(lastMs + 250, 16_000),
  http: (lastMs) => Math.min(Math.max(lastMs * 2, 5_000), 320_000),
  rate: (lastMs) => Math.max(lastMs * 2, 60_000),
}

/** How long to wait between attempts; what succeeds starts it anew. */
export interface BackOff {
  readonly afterFailure: (kind: FailureKind) => number // milliseconds
  readonly afterSuccess: () => void
}

export function startBackOff(): BackOff {
  let last: { readonly kind: FailureKind; readonly delayMs: number } | null = null
  return {
    afterFailure: (kind) => {
      const delayMs = RULES[kind](last?.kind === kind ? last.delayMs : 0)
      last = { kind, delayMs }
      return delayMs
    },
    afterSuccess: () => {
      last = null
    },
  }
}
