import type { ActionOptions, DataFrame } from 'spark-connect-js'
import { countIf } from 'spark-connect-js/functions'
import type { ParentChain } from '../schema/parent.ts'
import { withDoubledSteps } from '../transforms/cascade/with-doubled-steps.ts'

type Chains = DataFrame<typeof ParentChain>

/** What an action follows: ways of up to 8 steps. Planning costs more than rows here, and few cascades go deeper. */
const ROUNDS_PER_ACTION = 3

/** Steps lead to smaller integers, so no way is longer than 2^31. */
const MOST_ACTIONS = 11

/**
 * Follows chains of known parents to their ends, and keeps the result while `work` runs. A round doubles how far they
 * have been followed, so there are as many rounds as the logarithm of the longest.
 */
export async function whileFollowed<R>(
  chains: Chains,
  options: ActionOptions,
  work: (chains: Chains) => Promise<R>,
): Promise<R> {
  let kept: Chains | undefined
  try {
    for (let action = 0; action < MOST_ACTIONS; action++) {
      const next = severalRounds(kept ?? chains)
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

const severalRounds = (chains: Chains): Chains =>
  Array.from({ length: ROUNDS_PER_ACTION }).reduce<Chains>(
    (followed) => followed.transform(withDoubledSteps()),
    chains,
  )

async function haveEnded(chains: Chains, options: ActionOptions): Promise<boolean> {
  const [row] = await chains.agg((c) => ({ going: countIf(c.next_order.isNotNull()) })).collect(options)
  return row?.going === 0n
}
