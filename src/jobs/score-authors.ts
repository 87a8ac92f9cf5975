import type { ActionOptions, DataFrame, SparkSession } from 'spark-connect-js'
import { count, countIf, lit } from 'spark-connect-js/functions'
import type { ProfiledAuthorScore } from '../schema/author-score.ts'
import type { CascadeReach, Contribution } from '../schema/cascade.ts'
import type { Observation } from '../schema/observation.ts'
import { aggregateAmplification } from '../transforms/author/aggregate-amplification.ts'
import { aggregateByAuthor } from '../transforms/author/aggregate-by-author.ts'
import { withInfluence } from '../transforms/author/with-influence.ts'
import { withProfile } from '../transforms/author/with-profile.ts'
import { withRank } from '../transforms/author/with-rank.ts'
import { aggregateByCascade } from '../transforms/cascade/aggregate-by-cascade.ts'
import type { KernelChoice } from '../transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { withCountedLikes } from '../transforms/cascade/with-counted-likes.ts'
import type { ScoreWindow } from '../transforms/window.ts'
import { whileContributionsAreKept, type ParentEvidence } from './contributions.ts'
import { whileKept } from './kept.ts'
import { observed } from './observed.ts'

/** What the tables of a slot are made from, while it is kept. */
export interface ScoredSlot extends KeptSlot {
  readonly authors: DataFrame<typeof ProfiledAuthorScore>
}

interface KeptSlot {
  /** Those up to the slot's end. */
  readonly observations: DataFrame<typeof Observation>
  readonly contributions: DataFrame<typeof Contribution>
  /** Those with events in the window. */
  readonly cascades: DataFrame<typeof CascadeReach>
}

/** What is known beside the retweets: what is not there need not be looked for. */
export interface SlotEvidence extends ParentEvidence {
  /** Whether any record is a like. */
  readonly hasLikes: boolean
}

interface ScoreAuthorsInput<R> {
  readonly spark: SparkSession
  readonly observations: DataFrame<typeof Observation>
  readonly evidence: SlotEvidence
  readonly window: ScoreWindow
  readonly kernel: KernelChoice
  /** Puts the rows where they wait to be published. */
  readonly write: (slot: ScoredSlot) => Promise<R>
  readonly options: ActionOptions
}

/** What the observations of one slot came to. */
export interface ScoreCounts {
  readonly observations: number
  readonly duplicates: number
}

/** Scores the authors of one window, hands all that was found to `write`, and gives back what that made of it. */
export async function scoreAuthors<R>(
  input: ScoreAuthorsInput<R>,
): Promise<ScoreCounts & { readonly written: R }> {
  const { spark, window, evidence, options } = input
  const observations = input.observations.filter((c) => c.tweeted_at.leq(lit(window.slotEnd)))
  const sightings = observed({
    frame: observations.transform(withCascadeOrder()),
    metrics: (c) => ({ all: count(), distinct: countIf(c.is_repeat.eq(false)) }),
  })
  const written = await whileContributionsAreKept(
    { ...input, observations, sightings: sightings.frame },
    (contributions) => {
      const reach = contributions.transform(aggregateByCascade()).filter((c) => c.retweets.gt(0n))
      const cascades = evidence.hasLikes ? reach.transform(withCountedLikes(observations)) : reach
      return writeKept({ observations, contributions, cascades }, input)
    },
  )
  const { all, distinct } = await sightings.values(spark, options)
  return { observations: Number(distinct), duplicates: Number(all - distinct), written }
}

function writeKept<R>(kept: KeptSlot, { spark, write, options }: ScoreAuthorsInput<R>): Promise<R> {
  const scored = kept.cascades
    .transform(aggregateByAuthor())
    .join(kept.contributions.transform(aggregateAmplification()), { on: ['term', 'author_id'], how: 'left' })
    .transform(withInfluence())
    .transform(withRank())
  return whileKept({ spark, frame: scored, options }, (authors) =>
    write({ ...kept, authors: authors.transform(withProfile(kept.observations)) }),
  )
}
