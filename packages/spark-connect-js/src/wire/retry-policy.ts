import type { SparkConnectError } from './error.ts'

/** When a call that failed is made again. All times in milliseconds. */
export interface RetryPolicy {
  /** How often, after the first try. */
  readonly maxRetries: number
  readonly initialBackoffMs: number
  readonly maxBackoffMs: number
  readonly backoffMultiplier: number
  /** The upper end of what chance adds to a wait. */
  readonly jitterMs: number
  /** Shorter waits get no jitter. */
  readonly minJitterThresholdMs: number
  /** The longest delay that a server may ask for. */
  readonly maxServerDelayMs: number
}

/**
 * The constants of PySpark's `DefaultPolicy` (python/pyspark/sql/connect/client/retries.py; the last one from its
 * twin, `RetryPolicy.defaultPolicy` in RetryPolicy.scala): a server may be away for some ten minutes.
 */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxRetries: 15,
  initialBackoffMs: 50,
  maxBackoffMs: 60_000,
  backoffMultiplier: 4,
  jitterMs: 500,
  minJitterThresholdMs: 2_000,
  maxServerDelayMs: 600_000,
}

/** For what need not succeed: releases, farewells, interrupts of work that nobody waits for. */
export const BRIEF_RETRY_POLICY: RetryPolicy = { ...DEFAULT_RETRY_POLICY, maxRetries: 3 }

/** What a policy has spent so far on one call. */
export interface RetryState {
  readonly retries: number
  readonly nextBackoffMs: number
}

export const unspent = ({ initialBackoffMs }: RetryPolicy): RetryState => ({
  retries: 0,
  nextBackoffMs: initialBackoffMs,
})

export type RetryDecision =
  | { readonly kind: 'wait'; readonly waitMs: number; readonly state: RetryState }
  | { readonly kind: 'give up' }

interface Failure {
  readonly error: Pick<SparkConnectError, 'isTransient' | 'retryDelayMs'>
  readonly state: RetryState
  /** From 0 to 1. */
  readonly random: () => number
}

/** Decides what follows a failed try. Waits for nothing itself. */
export const afterFailure = (policy: RetryPolicy, { error, state, random }: Failure): RetryDecision => {
  if (!error.isTransient || state.retries >= policy.maxRetries) return { kind: 'give up' }
  const serverDelayMs = Math.min(error.retryDelayMs ?? 0, policy.maxServerDelayMs)
  const waitMs = Math.max(state.nextBackoffMs, serverDelayMs)
  const jitterMs = waitMs >= policy.minJitterThresholdMs ? random() * policy.jitterMs : 0
  return {
    kind: 'wait',
    waitMs: Math.floor(waitMs + jitterMs),
    state: {
      retries: state.retries + 1,
      nextBackoffMs: Math.min(policy.maxBackoffMs, state.nextBackoffMs * policy.backoffMultiplier),
    },
  }
}
