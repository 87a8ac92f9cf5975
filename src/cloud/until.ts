import pRetry from 'p-retry'

export interface Waiting {
  readonly signal: AbortSignal
  readonly pollMs: number
  readonly timeoutMs: number
  /** Called each time that there is nothing to see yet. */
  readonly onStill: () => void
}

class NotYet extends Error {}

/**
 * Looks again and again until there is something to see.
 * @returns what was seen; undefined when the time is over
 * @throws whatever `look` throws, and the signal's reason
 */
export async function until<T>(
  look: () => Promise<T | undefined>,
  { signal, pollMs, timeoutMs, onStill }: Waiting,
): Promise<T | undefined> {
  const attempt = async (): Promise<T> => {
    const seen = await look()
    if (seen === undefined) throw new NotYet()
    return seen
  }
  try {
    return await pRetry(attempt, {
      retries: Number.POSITIVE_INFINITY,
      factor: 1,
      minTimeout: pollMs,
      maxRetryTime: timeoutMs,
      signal,
      shouldRetry: ({ error }) => error instanceof NotYet,
      onFailedAttempt: ({ error }) => {
        if (error instanceof NotYet) onStill()
      },
    })
  } catch (error) {
    if (error instanceof NotYet) return undefined
    throw error
  }
}
