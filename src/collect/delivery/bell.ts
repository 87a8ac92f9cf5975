/** Wakes whoever waits. What happened is found out by looking: a ring carries nothing, and is not kept for later. */
export interface Bell {
  readonly ring: () => void
  /** Resolves at the next ring. */
  readonly rung: () => Promise<void>
}

export function createBell(): Bell {
  let next = Promise.withResolvers<void>()
  return {
    ring: () => {
      next.resolve()
      next = Promise.withResolvers<void>()
    },
    rung: () => next.promise,
  }
}
