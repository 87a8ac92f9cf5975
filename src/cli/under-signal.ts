/** Does work that a signal may end: what ended it says more than the error of whoever noticed. */
export async function underSignal<R>(signal: AbortSignal, work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
