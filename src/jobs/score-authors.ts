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
import type { KernelName } from '../transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { withCountedLikes } from '../transforms/cascade/with-counted-likes.ts'
import type { ScoreWindow } from '../transforms/window.ts'
import { whileContributionsAreKept, type ParentEvidence } from './contributions.ts'
import { whileKept } from './kept.ts'
import { observed } from './observed.ts'

/** What further tables of a slot can be made from, while it is kept. */
export interface KeptSlot {
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

interface ScoreAuthorsInput {
  readonly spark: SparkSession
  readonly observations: DataFrame<typeof Observation>
  readonly evidence: SlotEvidence
  readonly window: ScoreWindow
  readonly kernel: KernelName
  readonly write: (authors: DataFrame<typeof ProfiledAuthorScore>) => Promise<void>
  /** Writes further tables, after the authors. */
  readonly writeMore?: (kept: KeptSlot) => Promise<void>
  readonly options: ActionOptions
}

/** What the observations of one slot came to. */
export interface ScoreCounts {
  readonly observations: number
  readonly duplicates: number
  readonly cascades: number
  readonly authors: number
}

/** Scores the authors of one window and hands the frame to `write`. */
export async function scoreAuthors(input: ScoreAuthorsInput): Promise<ScoreCounts> {
  const { spark, window, evidence, options } = input
  const observations = input.observations.filter((c) => c.tweeted_at.leq(lit(window.slotEnd)))
  const sightings = observed({
    frame: observations.transform(withCascadeOrder()),
    metrics: (c) => ({ all: count(), distinct: countIf(c.is_repeat.eq(false)) }),
  })
  const counts = await whileContributionsAreKept(
    { ...input, observations, sightings: sightings.frame },
    (contributions) => {
      const reach = contributions.transform(aggregateByCascade()).filter((c) => c.retweets.gt(0n))
      const cascades = evidence.hasLikes ? reach.transform(withCountedLikes(observations)) : reach
      return scoreKept({ observations, contributions, cascades }, input)
    },
  )
  const { all, distinct } = await sightings.values(spark, options)
  return { observations: Number(distinct), duplicates: Number(all - distinct), ...counts }
}

async function scoreKept(
  kept: KeptSlot,
  input: ScoreAuthorsInput,
): Promise<Pick<ScoreCounts, 'cascades' | 'authors'>> {
  const { spark, write, writeMore, options } = input
  const cascades = observed({ frame: kept.cascades, metrics: rows })
  const scored = cascades.frame
    .transform(aggregateByAuthor())
    .join(kept.contributions.transform(aggregateAmplification()), { on: ['term', 'author_id'], how: 'left' })
    .transform(withInfluence())
    .transform(withRank())
  return whileKept(scored, options, async () => {
    const authors = observed({ frame: scored.transform(withProfile(kept.observations)), metrics: rows })
    await write(authors.frame)
    await writeMore?.(kept)
    return {
      cascades: Number((await cascades.values(spark, options)).rows),
      authors: Number((await authors.values(spark, options)).rows),
    }
  })
}

const rows = () => ({ rows: count() })
