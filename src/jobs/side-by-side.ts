/** A part of the work, which ends when the signal says so. */
type Part<R> = (signal: AbortSignal) => Promise<R>

/**
 * Does two parts of the work at the same time. When one fails, the other is interrupted and waited for, so that nothing
 * goes on behind the back of whoever handles the error.
 * @throws what the first to fail threw
 */
export async function sideBySide<A, B>(
  signal: AbortSignal | undefined,
  first: Part<A>,
  second: Part<B>,
): Promise<readonly [A, B]> {
  const failed = new AbortController()
  const both = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal])
  const run = async <R>(part: Part<R>): Promise<R> => {
    try {
      return await part(both)
    } catch (error) {
      failed.abort(error)
      throw error
    }
  }
  const parts = [run(first), run(second)] as const
  await Promise.allSettled(parts)
  if (failed.signal.aborted) throw failed.signal.reason
  return Promise.all(parts)
}
