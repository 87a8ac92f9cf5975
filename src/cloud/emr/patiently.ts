import { CloudError } from '../cloud-error.ts'
import { until } from '../until.ts'
import type { EmrContext } from './emr-clients.ts'

const passing = /Throttl|TooManyRequests|RateExceeded|InternalServer|InternalFailure|ServiceUnavailable/i

/** True for trouble that may be over at the next look. */
const isPassing = (error: unknown): boolean =>
  error instanceof CloudError && (error.code === 'unreachable' || passing.test(error.awsCode))

export interface Patience<T> {
  /** For people, as `cluster j-1 is STARTING`. */
  readonly describe: (seen: T) => string
  readonly isDone: (seen: T) => boolean
  readonly timeoutMs: number
}

/**
 * Looks again and again until what is seen is done. What passes by itself is waited out; the SDK's own waiters give up at the
 * first error and do not say which it was.
 * @returns what was seen last; undefined when the time is over
 * @throws CloudError for what does not pass
 */
export async function patiently<T>(
  look: () => Promise<T>,
  { describe, isDone, timeoutMs }: Patience<T>,
  { signal, pollMs, onStill }: EmrContext,
): Promise<T | undefined> {
  let told = ''
  const once = async (): Promise<T | undefined> => {
    try {
      const seen = await look()
      told = describe(seen)
      return isDone(seen) ? seen : undefined
    } catch (error) {
      if (!isPassing(error)) throw error
      return undefined
    }
  }
  return until(once, { signal, pollMs, timeoutMs, onStill: () => onStill(told) })
}
