/** Time as a local service sees it; a test passes one that it moves by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  /** Calls back once so many milliseconds have passed; not after disposing. */
  readonly after: (delayMs: number, act: () => void) => Disposable
}

/** The machine's own clock. What waits by it does not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs).unref()
    return { [Symbol.dispose]: () => clearTimeout(timer) }
  },
}
