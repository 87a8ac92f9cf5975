/** Wakes whoever waits. What happened is found out by looking: a ring carries nothing, and is not kept for later. */
export interface Bell {
  readonly ring: () => void
  /** Resolves at the next ring. */
  readonly rung: () => Promise<void>
}

export function createBell(): Bell {
  let next: PromiseWithResolvers<void> | undefined
  return {
    ring: () => {
      next?.resolve()
      next = undefined
    },
    rung: () => (next ??= Promise.withResolvers<void>()).promise,
  }
}
