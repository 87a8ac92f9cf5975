import type { ActionOptions, DataFrame, Schema, SparkSession } from 'spark-connect-js'
import type { Contribution } from '../schema/cascade.ts'
import {
  Community,
  InfluenceEdge,
  NetworkUser,
  Tie,
  type CommunityEdge,
  type Label,
} from '../schema/influence-edge.ts'
import { aggregateByAmplifier } from '../transforms/network/aggregate-by-amplifier.ts'
import { filterStrongestEdges } from '../transforms/network/filter-strongest-edges.ts'
import { propagateLabels } from '../transforms/network/propagate-labels.ts'
import { toCommunities } from '../transforms/network/to-communities.ts'
import { toTies } from '../transforms/network/to-ties.ts'
import { toUsers } from '../transforms/network/to-users.ts'
import { withCommunities } from '../transforms/network/with-communities.ts'
import { withNumbers } from '../transforms/network/with-numbers.ts'

interface ScoreNetworkInput<R> {
  readonly spark: SparkSession
  readonly contributions: DataFrame<typeof Contribution>
  /** Where frames lie meanwhile: a folder or `s3://` address that is the caller's to remove. */
  readonly scratch: string
  /** Puts the edges where they wait to be published. */
  readonly write: (edges: DataFrame<typeof CommunityEdge>) => Promise<R>
  readonly options: ActionOptions
}

/** From an author to their amplifiers, to the other authors of those, and to theirs; each round costs a shuffle. */
const ROUNDS = 3

/** Finds who amplifies whom and in which communities, and hands the edges to `write`. */
export async function scoreNetwork<R>(input: ScoreNetworkInput<R>): Promise<R> {
  const strongest = input.contributions.transform(aggregateByAmplifier()).transform(filterStrongestEdges())
  const edges = await settled(input, { name: 'edges', frame: strongest, columns: InfluenceEdge })
  const users = await settled(input, {
    name: 'users',
    frame: edges.transform(toUsers()),
    columns: NetworkUser,
  })
  const numbered = edges.transform(withNumbers(users))
  const ties = await settled(input, { name: 'ties', frame: numbered.transform(toTies()), columns: Tie })
  const found = labelsOf(ties).transform(toCommunities(users))
  const communities = await settled(input, { name: 'communities', frame: found, columns: Community })
  return input.write(numbered.transform(withCommunities(communities)))
}

interface Step<S extends Schema> {
  readonly name: string
  readonly frame: DataFrame<S>
  readonly columns: S
}

/**
 * Writes a frame and reads it again. Each step names the one before several times, and so would the plan name the way
 * from the raw records: keeping rows in memory does not shorten plans, and the server analyses each anew.
 */
async function settled<S extends Schema>(
  { spark, scratch, options }: Omit<ScoreNetworkInput<unknown>, 'write'>,
  { name, frame, columns }: Step<S>,
): Promise<DataFrame<S>> {
  const path = `${scratch}/${name}`
  await frame.write.parquet(path, options)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was written has no nulls in these columns
  return spark.read.schema(columns).parquet(path) as unknown as DataFrame<S>
}

/** Everybody begins with a label of their own. */
function labelsOf(ties: DataFrame<typeof Tie>): DataFrame<typeof Label> {
  let labels: DataFrame<typeof Label> = ties
    .filter((c) => c.from.eq(c.to))
    .select((c) => ({ user: c.to, label: c.to }))
  for (let round = 0; round < ROUNDS; round++) labels = labels.transform(propagateLabels(ties))
  return labels
}
