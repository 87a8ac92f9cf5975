import { exitCode } from './exit.ts'

/** A signal that Ctrl-C and SIGTERM abort. Disposing gives both back to Node. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
}

/** Why the signal was aborted; services shut down in good order before the process ends with the code. */
class InterruptedError extends Error {
  override readonly name = 'AbortError'
  readonly code = 'interrupted'
}

/** Listens for Ctrl-C and SIGTERM: the first stops the work in good order, a second ends the process at once. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted)
    controller.abort(new InterruptedError('interrupted'))
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt),
  }
}
