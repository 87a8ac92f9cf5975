import type { Clock } from '../../clock.ts'

const LONGEST_SLEEP_MS = 3_600_000 // timers of more than 24 days end at once

/**
 * Waits before each record as long as it came after the first one, `speed` times as fast; not at all without a speed.
 * What is older than what came before it does not wait.
 */
export function pace({ now, sleep }: Clock, speed: number | undefined) {
  if (speed === undefined) return null
  let first: { readonly tweetedAtMs: number; readonly atMs: number } | undefined
  return async (tweetedAtMs: number, signal: AbortSignal): Promise<void> => {
    first ??= { tweetedAtMs, atMs: now() }
    const dueMs = first.atMs + (tweetedAtMs - first.tweetedAtMs) / speed
    while (dueMs > now() && !signal.aborted) await sleep(Math.min(dueMs - now(), LONGEST_SLEEP_MS), signal)
  }
}
