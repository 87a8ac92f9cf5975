import { t, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, exp, lit, sum, when } from 'spark-connect-js/functions'
import type { Participant, WeightedParticipant } from '../../schema/cascade.ts'
import { epochSoFar, previousEpoch, soFar } from './cascade-window.ts'
import { EPOCH_EXPONENT, type Kernel } from './kernel.ts'
import { secondsSinceRoot } from './seconds-since-root.ts'

const ZERO = lit(0, t.double)

/**
 * Adds each participant's weight w_j, the sum W_j of all weights up to it with the root's, and the root's w_0,
 * all in units of the participant's epoch. The root's author takes part as the root and weighs nothing a second
 * time. The root's weight is by its author's followers at the first sighting, the nearest to the
 * time at which the root was written.
 */
export const withKernelWeight =
  (kernel: Kernel) =>
  (participants: DataFrame<typeof Participant>): DataFrame<typeof WeightedParticipant> =>
    participants
      .withColumns((c) => ({ seconds: when(c.is_root_author, ZERO).otherwise(secondsSinceRoot(c)) }))
      .withColumns((c) => ({
        epoch: kernel.epoch?.(c.seconds) ?? lit(0n),
        weight: when(c.is_root_author, ZERO).otherwise(
          kernel.weight({ followers: c.followers, secondsSinceRoot: c.seconds }),
        ),
        root_weight: kernel.rootWeight({ followers: c.first_root_followers, secondsSinceRoot: ZERO }),
      }))
      .withColumns((c) => ({ root_weight: c.root_weight.times(exp(c.epoch.times(EPOCH_EXPONENT).negate())) }))
      .withColumns((c) => ({
        total_weight: c.root_weight.plus(kernel.epoch ? epochWeight(c) : sum(c.weight).over(soFar(c))),
      }))
      .drop('seconds')

// Epochs further back weigh less than e^-300 of anything in this one: nothing, in a double.
const epochWeight = (
  c: ColumnsOf<typeof Participant & { epoch: typeof t.long.nullable; weight: typeof t.double.nullable }>,
) =>
  sum(c.weight)
    .over(epochSoFar(c))
    .plus(coalesce(sum(c.weight).over(previousEpoch(c)), ZERO).times(Math.exp(-EPOCH_EXPONENT)))
