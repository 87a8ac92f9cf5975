import { setTimeout as timeout } from 'node:timers/promises'

/** Time as delivery sees it; a test passes one that does not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  /** Resolves after a while, or as soon as the signal is aborted; it never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** This machine's clock. */
export const systemClock: Clock = {
  nowMs: Date.now,
  sleep: (ms, signal) => timeout(ms, undefined, { signal }).catch(() => {}),
}

/** Waits for one of them, at most for a while. */
export async function within(
  ms: number,
  { of, clock }: { readonly of: Promise<unknown>; readonly clock: Clock },
): Promise<void> {
  const over = new AbortController()
  await Promise.race([of, clock.sleep(ms, over.signal)])
  over.abort()
}
