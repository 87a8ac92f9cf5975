import { schema, t, type ActionOptions, type DataFrame, type SparkSession } from 'spark-connect-js'
import { count, countIf, lit } from 'spark-connect-js/functions'
import type { ProfiledAuthorScore } from '../schema/author-score.ts'
import type { Observation } from '../schema/observation.ts'
import { aggregateAmplification } from '../transforms/author/aggregate-amplification.ts'
import { aggregateByAuthor } from '../transforms/author/aggregate-by-author.ts'
import { withInfluence } from '../transforms/author/with-influence.ts'
import { withProfile } from '../transforms/author/with-profile.ts'
import { withRank } from '../transforms/author/with-rank.ts'
import { aggregateByCascade } from '../transforms/cascade/aggregate-by-cascade.ts'
import { aggregateByParticipant } from '../transforms/cascade/aggregate-by-participant.ts'
import { KERNELS, type KernelName } from '../transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../transforms/cascade/with-kernel-weight.ts'
import type { ScoreWindow } from '../transforms/window.ts'

interface ScoreAuthorsInput {
  readonly spark: SparkSession
  readonly observations: DataFrame<typeof Observation>
  readonly window: ScoreWindow
  readonly kernel: KernelName
  readonly write: (authors: DataFrame<typeof ProfiledAuthorScore>) => Promise<void>
  readonly options: ActionOptions
}

/** What the observations of one slot came to. */
export interface ScoreCounts {
  readonly observations: number
  readonly duplicates: number
  readonly cascades: number
  readonly authors: number
}

const SIGHTINGS = 'score_sightings'
const CASCADES = 'score_cascades'
const AUTHORS = 'score_authors'
const SightingMetrics = schema({ sightings: t.long, distinct: t.long })
const CountMetrics = schema({ rows: t.long })

/** Scores the authors of one window and hands the frame to `write`. */
export async function scoreAuthors(input: ScoreAuthorsInput): Promise<ScoreCounts> {
  const { spark, observations, window, kernel, write, options } = input
  const seen = observations.filter((c) => c.tweeted_at.leq(lit(window.slotEnd)))
  const participants = seen
    .transform(withCascadeOrder())
    .observe(SIGHTINGS, (c) => ({ sightings: count(), distinct: countIf(c.is_repeat.eq(false)) }))
    .transform(aggregateByParticipant(window))
    .transform(withKernelWeight(KERNELS[kernel]))
    .transform(withExpectedDepth(window))
  // Cascades and amplification both start from the participants; without this, each would sort them anew.
  await participants.persist(options)
  try {
    const scored = participants
      .transform(aggregateByCascade())
      .filter((c) => c.retweets.gt(0n))
      .observe(CASCADES, () => ({ rows: count() }))
      .transform(aggregateByAuthor())
      .join(participants.transform(aggregateAmplification()), { on: ['term', 'author_id'], how: 'left' })
      .transform(withInfluence())
      .transform(withRank())
    await scored.persist(options)
    await write(scored.transform(withProfile(seen)).observe(AUTHORS, () => ({ rows: count() })))
    await scored.unpersist()
  } finally {
    await participants.unpersist()
  }
  return counts(spark)
}

const counts = (spark: SparkSession): ScoreCounts => {
  // Spark leaves a metric out where it proved that there are no rows.
  const { sightings = 0n, distinct = 0n } = spark.observed<typeof SightingMetrics>(SIGHTINGS)
  return {
    observations: Number(distinct),
    duplicates: Number(sightings - distinct),
    cascades: Number(spark.observed<typeof CountMetrics>(CASCADES).rows ?? 0n),
    authors: Number(spark.observed<typeof CountMetrics>(AUTHORS).rows ?? 0n),
  }
}
