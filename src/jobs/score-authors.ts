import type { ActionOptions, DataFrame, Schema, SparkSession } from 'spark-connect-js'
import { count, countIf, lit } from 'spark-connect-js/functions'
import type { ProfiledAuthorScore } from '../schema/author-score.ts'
import type { Contribution } from '../schema/cascade.ts'
import type { Observation } from '../schema/observation.ts'
import { aggregateAmplification } from '../transforms/author/aggregate-amplification.ts'
import { aggregateByAuthor } from '../transforms/author/aggregate-by-author.ts'
import { withInfluence } from '../transforms/author/with-influence.ts'
import { withProfile } from '../transforms/author/with-profile.ts'
import { withRank } from '../transforms/author/with-rank.ts'
import { aggregateByCascade } from '../transforms/cascade/aggregate-by-cascade.ts'
import { aggregateByParticipant } from '../transforms/cascade/aggregate-by-participant.ts'
import { KERNELS, type KernelName } from '../transforms/cascade/kernel.ts'
import { toContributions } from '../transforms/cascade/to-contributions.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../transforms/cascade/with-kernel-weight.ts'
import type { ScoreWindow } from '../transforms/window.ts'
import { observed } from './observed.ts'

interface ScoreAuthorsInput {
  readonly spark: SparkSession
  readonly observations: DataFrame<typeof Observation>
  readonly window: ScoreWindow
  readonly kernel: KernelName
  /** Puts the scores where they wait to be published, and says how many they were. */
  readonly write: (authors: DataFrame<typeof ProfiledAuthorScore>) => Promise<number>
  /** Puts the network of amplifiers beside them, and says how many edges it has. */
  readonly writeNetwork: (contributions: DataFrame<typeof Contribution>) => Promise<number>
  readonly options: ActionOptions
}

/** What the observations of one slot came to. */
export interface ScoreCounts {
  readonly observations: number
  readonly duplicates: number
  readonly cascades: number
  readonly authors: number
  readonly edges: number
}

/** Scores the authors of one window and hands the frame to `write`. */
export async function scoreAuthors(input: ScoreAuthorsInput): Promise<ScoreCounts> {
  const { spark, observations, window, kernel, write, writeNetwork, options } = input
  const seen = observations.filter((c) => c.tweeted_at.leq(lit(window.slotEnd)))
  const sightings = observed({
    frame: seen.transform(withCascadeOrder()),
    metrics: (c) => ({ all: count(), distinct: countIf(c.is_repeat.eq(false)) }),
  })
  const contributions = sightings.frame
    .transform(aggregateByParticipant(window))
    .transform(withKernelWeight(KERNELS[kernel]))
    .transform(withExpectedDepth(window, KERNELS[kernel]))
    .transform(toContributions())
  // Cascades and amplification both start from them; without this, each would sort the participants anew.
  return whileKept(contributions, options, async () => {
    const cascades = observed({
      frame: contributions.transform(aggregateByCascade()).filter((c) => c.retweets.gt(0n)),
      metrics: rows,
    })
    const scored = cascades.frame
      .transform(aggregateByAuthor())
      .join(contributions.transform(aggregateAmplification()), { on: ['term', 'author_id'], how: 'left' })
      .transform(withInfluence())
      .transform(withRank())
    return whileKept(scored, options, async () => {
      const authors = await write(scored.transform(withProfile(seen)))
      const edges = await writeNetwork(contributions)
      const { all, distinct } = await sightings.values(spark, options)
      return {
        observations: Number(distinct),
        duplicates: Number(all - distinct),
        cascades: Number((await cascades.values(spark, options)).rows),
        authors,
        edges,
      }
    })
  })
}

/** Keeps a frame's rows on the server while `work` runs, whatever comes of it. */
async function whileKept<S extends Schema, R>(
  frame: DataFrame<S>,
  options: ActionOptions,
  work: () => Promise<R>,
): Promise<R> {
  await frame.persist(options)
  try {
    return await work()
  } finally {
    await frame.unpersist()
  }
}

const rows = () => ({ rows: count() })
