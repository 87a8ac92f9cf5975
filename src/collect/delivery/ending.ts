import type { Clock } from '../clock.ts'

/** How a collector comes to its end: what is under way has a while, and then stops. */
export interface Ending extends Disposable {
  /** Aborted when nothing more is taken from the source, and no batch waits to become full. */
  readonly hurry: AbortSignal
  /** Aborted when the while is over. */
  readonly stop: AbortSignal
  /** Resolves when the while is over. */
  readonly stopped: Promise<void>
  /** Begins it before the caller's signal does. */
  readonly begin: () => void
}

const FLUSH_MS = 8_000 // leaves two seconds of ten for what closes after it

/** Begins the end at a signal, at once if it is aborted already. Disposing says that all has come to its end. */
export function endingAt(signal: AbortSignal, clock: Clock): Ending {
  const begun = new AbortController()
  const over = new AbortController()
  const disposed = new AbortController()
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  const begin = (): void => {
    if (begun.signal.aborted) return
    begun.abort(signal.reason)
    void clock.sleep(FLUSH_MS, disposed.signal).then(() => {
      over.abort(signal.reason)
      resolve()
    })
  }
  signal.addEventListener('abort', begin, { once: true })
  if (signal.aborted) begin()
  const dispose = (): void => {
    signal.removeEventListener('abort', begin)
    disposed.abort()
  }
  return { hurry: begun.signal, stop: over.signal, stopped, begin, [Symbol.dispose]: dispose }
}
