import type { ActionOptions, DataFrame, SparkSession } from 'spark-connect-js'
import { countIf } from 'spark-connect-js/functions'
import type { ParentChain } from '../schema/parent.ts'
import { withDoubledSteps } from '../transforms/cascade/with-doubled-steps.ts'
import { kept } from './kept.ts'

type Chains = DataFrame<typeof ParentChain>

/** What an action follows: ways of up to 8 steps. Planning costs more than rows here, and few cascades go deeper. */
const ROUNDS_PER_ACTION = 3

interface FollowInput {
  readonly spark: SparkSession
  readonly chains: Chains
  readonly options: ActionOptions
}

/**
 * Follows chains of known parents to their ends, and keeps the result until it is disposed. A round doubles how far
 * they have been followed, so there are as many rounds as the logarithm of the longest. Steps lead to smaller
 * integers: there is an end.
 */
export async function followChains({ spark, chains, options }: FollowInput) {
  await using stack = new AsyncDisposableStack()
  const keepFollowed = async (from: Chains): Promise<Chains> =>
    stack.use(await kept({ spark, frame: severalRounds(from), options })).frame
  let frame = await keepFollowed(chains)
  while (!(await haveEnded(frame, options))) frame = await keepFollowed(frame)
  const all = stack.move()
  return { frame, [Symbol.asyncDispose]: () => all.disposeAsync() }
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
