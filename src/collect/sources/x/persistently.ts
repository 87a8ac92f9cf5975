import type { Clock } from '../../clock.ts'
import type { SourceOptions } from '../../source.ts'
import { type BackOff, startBackOff } from './back-off.ts'
import { XFailure } from './x-api.ts'

/** What an attempt needs to be repeated. */
export interface Persistence extends Pick<SourceOptions, 'signal' | 'onEvent'> {
  readonly clock: Clock
  readonly backOff?: BackOff
}

/**
 * Repeats a call of X for as long as it may succeed later, by X's rules; null if the signal ends it.
 * @throws whatever is not an XFailure
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  { clock, signal, onEvent, backOff = startBackOff() }: Persistence,
): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted) return null
      if (!(error instanceof XFailure)) throw error
      const untilResetMs = (error.resetAtMs ?? 0) - clock.now()
      const retryInMs = Math.max(backOff.afterFailure(error.kind), untilResetMs)
      onEvent({ kind: 'disconnected', reason: error.message, retryInMs })
      await clock.sleep(retryInMs, signal)
    }
  }
  return null
}
