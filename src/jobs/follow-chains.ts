import type { ActionOptions, DataFrame } from 'spark-connect-js'
import { countIf } from 'spark-connect-js/functions'
import type { ParentChain } from '../schema/parent.ts'
import { withDoubledSteps } from '../transforms/cascade/with-doubled-steps.ts'

type Chains = DataFrame<typeof ParentChain>

/** Steps lead to smaller integers, so no way is longer than 2^31. */
const MOST_ROUNDS = 32

/**
 * Follows chains of known parents to their ends, and keeps the result while `work` runs. A round doubles how far they
 * have been followed, so there are as many as the logarithm of the longest; each is one action on the server.
 */
export async function whileFollowed<R>(
  chains: Chains,
  options: ActionOptions,
  work: (chains: Chains) => Promise<R>,
): Promise<R> {
  let kept: Chains | undefined
  try {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const next: Chains = (kept ?? chains).transform(withDoubledSteps())
      await next.persist(options)
      const previous = kept
      kept = next
      const isComplete = await haveEnded(next, options)
      await previous?.unpersist()
      if (isComplete) break
    }
    return await work(kept ?? chains)
  } finally {
    await kept?.unpersist()
  }
}

async function haveEnded(chains: Chains, options: ActionOptions): Promise<boolean> {
  const [row] = await chains.agg((c) => ({ going: countIf(c.next_order.isNotNull()) })).collect(options)
  return row?.going === 0n
}
