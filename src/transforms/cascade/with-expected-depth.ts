import { t, type BooleanColumn, type Column, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, count, countIf, greatest, lag, lead, lit, sum, when } from 'spark-connect-js/functions'
import type { SpreadParticipant, WeightedParticipant } from '../../schema/cascade.ts'
import { isInWindow, type ScoreWindow } from '../window.ts'
import { cascadeOrder, earlier, epochFromHere, nextEpoch, soFar, wholeCascade } from './cascade-window.ts'
import { EPOCH_EXPONENT, type Kernel } from './kernel.ts'

/** Followers must be known for this share of a cascade's events, or its depth is unknown. */
const KNOWN_FOLLOWERS_SHARE = 0.9

const SCRATCH = [
  'weight',
  'root_weight',
  'total_weight',
  'epoch',
  'share',
  'root_share',
  'known',
  'events',
  'window_events',
  'window_events_so_far',
  'is_next_in_window',
  'drawn_by_unit',
] as const

const ONE = lit(1, t.double)
const ZERO = lit(0, t.double)

/**
 * Adds each participant's place in the expected diffusion tree: event j retweets from an earlier i with
 * probability w_i / W_{j-1}. Closed forms over prefix sums, after Rizoiu et al. 2018 (arXiv 1802.09808):
 *
 * - `expected_depth` d_j = 1 + sum of w_k / W_k over 0 < k < j
 * - `non_primary` 1 - w_0 / W_{j-1}
 * - `expected_downstream` phi_j - 1 = (w_j / W_j) * later events, counting those of the window
 * - `expected_children` w_j * sum of 1 / W_{i-1} over i > j, counting the events i of the window
 */
export const withExpectedDepth =
  (window: ScoreWindow, kernel: Kernel) =>
  (participants: DataFrame<typeof WeightedParticipant>): DataFrame<typeof SpreadParticipant> =>
    participants
      .withColumns((c) => {
        const isEvent = c.is_root_author.eq(false)
        return { is_event: isEvent, is_event_in_window: isEvent.and(orFalse(isInWindow(c.first_at, window))) }
      })
      .withColumns((c) => ({
        share: c.weight.dividedBy(c.total_weight),
        root_share: c.root_weight.dividedBy(c.total_weight),
        known: count(when(c.is_event, c.followers)).over(wholeCascade(c)),
        events: countIf(c.is_event).over(wholeCascade(c)),
        window_events: countIf(c.is_event_in_window).over(wholeCascade(c)),
        window_events_so_far: countIf(c.is_event_in_window).over(soFar(c)),
        is_next_in_window: lead(c.is_event_in_window).over(cascadeOrder(c)),
      }))
      // What one unit of weight draws of the next event.
      .withColumns((c) => ({ drawn_by_unit: when(c.is_next_in_window, ONE.dividedBy(c.total_weight)) }))
      .withColumns((c) => {
        const isKnown = c.is_event.and(c.known.geq(c.events.times(KNOWN_FOLLOWERS_SHARE)))
        const ifKnown = (value: Column<typeof t.double.nullable>) => when(isKnown, value)
        return {
          expected_depth: ifKnown(coalesce(sum(c.share).over(earlier(c)), ZERO).plus(1)),
          non_primary: ifKnown(ONE.minus(coalesce(lag(c.root_share).over(cascadeOrder(c)), ONE))),
          expected_downstream: ifKnown(c.share.times(c.window_events.minus(c.window_events_so_far))),
          expected_children: ifKnown(
            c.weight.times(kernel.epoch ? drawnByUnitInEpochs(c) : drawnByUnitFromHere(c)),
          ),
        }
      })
      .drop(...SCRATCH)

const orFalse = (condition: BooleanColumn) => coalesce(condition, lit(false))

type Drawing = ColumnsOf<
  typeof WeightedParticipant & {
    is_next_in_window: typeof t.boolean.nullable
    drawn_by_unit: typeof t.double.nullable
  }
>

const orZero = (amount: Column<typeof t.double.nullable>) => coalesce(amount, ZERO)

// All less those before: the other direction would be another sort. What is left of the digits suffices where
// weights grow as a power of time.
const drawnByUnitFromHere = (c: Drawing) =>
  greatest(
    orZero(sum(c.drawn_by_unit).over(wholeCascade(c))).minus(orZero(sum(c.drawn_by_unit).over(earlier(c)))),
    ZERO,
  )

// Where they grow exponentially, nothing would be left.
const drawnByUnitInEpochs = (c: Drawing) =>
  orZero(sum(c.drawn_by_unit).over(epochFromHere(c))).plus(
    orZero(sum(c.drawn_by_unit).over(nextEpoch(c))).times(Math.exp(-EPOCH_EXPONENT)),
  )
