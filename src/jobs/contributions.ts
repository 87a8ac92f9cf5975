import type { ActionOptions, DataFrame, SparkSession } from 'spark-connect-js'
import type { CascadeSighting, Contribution, Participant, SpreadParticipant } from '../schema/cascade.ts'
import type { Observation } from '../schema/observation.ts'
import { ParentLink, type Follow } from '../schema/parent.ts'
import { aggregateByParticipant } from '../transforms/cascade/aggregate-by-participant.ts'
import { chooseParents } from '../transforms/cascade/choose-parents.ts'
import { kernelOf, type KernelChoice } from '../transforms/cascade/kernel.ts'
import { resolveFollowedParents } from '../transforms/cascade/resolve-followed-parents.ts'
import { resolveNamedParents } from '../transforms/cascade/resolve-named-parents.ts'
import { toContributions } from '../transforms/cascade/to-contributions.ts'
import { toParentChains } from '../transforms/cascade/to-parent-chains.ts'
import { toSpreadingTweets } from '../transforms/cascade/to-spreading-tweets.ts'
import { withAnchorDepth } from '../transforms/cascade/with-anchor-depth.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../transforms/cascade/with-kernel-weight.ts'
import { withKnownPlaces } from '../transforms/cascade/with-known-places.ts'
import type { ScoreWindow } from '../transforms/window.ts'
import { followChains } from './follow-chains.ts'
import { kept, whileKept } from './kept.ts'

/** What is known of who retweeted from whom, beside the retweets themselves. */
export interface ParentEvidence {
  /** Whether any record names a parent; looking for them costs time. */
  readonly namesParents: boolean
  readonly follows?: DataFrame<typeof Follow>
}

interface ContributionsInput {
  readonly spark: SparkSession
  /** Those up to the slot's end. */
  readonly observations: DataFrame<typeof Observation>
  /** The same in the order of their cascades. */
  readonly sightings: DataFrame<typeof CascadeSighting>
  readonly window: ScoreWindow
  readonly kernel: KernelChoice
  readonly evidence: ParentEvidence
  readonly options: ActionOptions
}

type Contributions = DataFrame<typeof Contribution>

/**
 * Finds the place of each participant in their cascade, and keeps what that contributes while `work` runs: cascades,
 * authors and amplifiers all start from it. Without evidence of parents, it is one pass of prefix sums.
 */
export async function whileContributionsAreKept<R>(
  input: ContributionsInput,
  work: (contributions: Contributions) => Promise<R>,
): Promise<R> {
  const { spark, sightings, window, evidence, options } = input
  const participants = sightings.transform(aggregateByParticipant(window))
  const keep = (spread: DataFrame<typeof SpreadParticipant>): Promise<R> => {
    const contributions = spread.transform(toContributions())
    return whileKept({ spark, frame: contributions, options }, work)
  }
  if (!evidence.namesParents && evidence.follows === undefined) return keep(spreadOf(participants, input))
  await using known = await kept({ spark, frame: participants, options })
  await using chains = await followChains({ spark, chains: chainsOf(known.frame, input), options })
  const placed = known.frame.transform(withKnownPlaces(chains.frame))
  return await keep(spreadOf(placed, input).transform(withAnchorDepth()))
}

const spreadOf = (
  participants: DataFrame<typeof Participant>,
  { window, kernel }: ContributionsInput,
): DataFrame<typeof SpreadParticipant> =>
  participants
    .transform(withKernelWeight(kernelOf(kernel)))
    .transform(withExpectedDepth(window, kernelOf(kernel)))

const chainsOf = (participants: DataFrame<typeof Participant>, input: ContributionsInput) => {
  const { spark, observations, window, evidence } = input
  const nothing = spark.createDataFrame([], ParentLink)
  const named = evidence.namesParents
    ? observations
        .transform(withCascadeOrder())
        .transform(toSpreadingTweets())
        .transform(resolveNamedParents(observations))
    : nothing
  const followed = evidence.follows
    ? participants.transform(resolveFollowedParents(evidence.follows))
    : nothing
  return participants.transform(chooseParents({ window, named, followed })).transform(toParentChains())
}
