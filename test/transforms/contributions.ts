import type { DataFrame, Row } from 'spark-connect-js'

import { whileContributionsAreKept } from '../../src/jobs/contributions.ts'
import type { Contribution } from '../../src/schema/cascade.ts'
import { DEPTH_METHODS } from '../../src/schema/depth-method.ts'
import { Observation } from '../../src/schema/observation.ts'
import { Follow } from '../../src/schema/parent.ts'
import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import type { ScoreWindow } from '../../src/transforms/window.ts'
import type { RowJson, TransformBench } from './cascade-frames.ts'
import { EVERYTHING } from './cascade-frames.ts'

interface Evidence {
  readonly kernel?: KernelName
  readonly window?: ScoreWindow
  readonly follows?: readonly RowJson<typeof Follow>[]
}

export type Contributed = Row<typeof Contribution>

/** The contributions of made-up sightings, as the score job finds them, with whatever parents they name. */
export async function contributionsOf(
  bench: TransformBench,
  sightings: readonly RowJson<typeof Observation>[],
  { kernel = 'calibrated', window = EVERYTHING, follows }: Evidence = {},
): Promise<readonly Contributed[]> {
  const observations = await bench.frameOf(Observation, sightings)
  return contributionsOfFrame(bench, observations, {
    kernel,
    window,
    ...(follows && { follows: await bench.frameOf(Follow, follows) }),
  })
}

/** The same of a frame. */
export async function contributionsOfFrame(
  bench: TransformBench,
  observations: DataFrame<typeof Observation>,
  {
    follows,
    ...rest
  }: {
    readonly kernel: KernelName
    readonly window: ScoreWindow
    readonly follows?: DataFrame<typeof Follow>
  },
): Promise<readonly Contributed[]> {
  const sightings = observations.transform(withCascadeOrder())
  const evidence = { namesParents: true, ...(follows && { follows }) }
  return whileContributionsAreKept(
    { spark: bench.spark, observations, sightings, evidence, ...rest, options: {} },
    (contributions) => contributions.collect(),
  )
}

/** What a row says of its place, for comparison. */
export const placeOf = (row: Contributed | undefined) =>
  row && {
    method: DEPTH_METHODS[row.method_rank],
    depth: row.expected_depth,
    non_primary: row.non_primary,
    downstream: row.expected_downstream,
    children: row.expected_children,
  }
