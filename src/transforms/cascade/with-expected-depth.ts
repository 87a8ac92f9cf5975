import { t, type Column, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { coalesce, count, countIf, greatest, lag, lead, lit, sum, when } from 'spark-connect-js/functions'
import type { SpreadParticipant, WeightedParticipant } from '../../schema/cascade.ts'
import type { ScoreWindow } from '../window.ts'
import { cascadeOrder, earlier, epochFromHere, nextEpoch, soFar, wholeCascade } from './cascade-window.ts'
import { KNOWN_FOLLOWERS_SHARE, rankOfMethod } from './depth-method.ts'
import { isEvent, isEventInWindow } from './spreading.ts'
import { EPOCH_EXPONENT, type Kernel } from './kernel.ts'

const SCRATCH = [
  'weight',
  'root_weight',
  'total_weight',
  'epoch',
  'share',
  'root_share',
  'is_open',
  'carried',
  'known',
  'events',
  'carried_by_all',
  'carried_so_far',
  'is_next_drawn',
  'drawn_by_unit',
] as const

const ONE = lit(1, t.double)
const ZERO = lit(0, t.double)
const NONE = lit(0n)

/**
 * Adds each participant's place in the expected diffusion tree: event j retweets from an earlier i with
 * probability w_i / W_{j-1}. Closed forms over prefix sums, after Rizoiu et al. 2018 (arXiv 1802.09808):
 *
 * - `expected_depth` d_j = 1 + sum of w_k / W_k over 0 < k < j
 * - `non_primary` 1 - w_0 / W_{j-1}
 * - `expected_downstream` phi_j - 1 = (w_j / W_j) * later events, counting those of the window
 * - `expected_children` w_j * sum of 1 / W_{i-1} over i > j, counting the events i of the window
 *
 * An event whose parent is known is not drawn: it hangs below its parent, and counts wherever that is drawn. Where
 * a chain of known parents ends at the root, depth is the length of the chain; else `withAnchorDepth` completes it.
 */
export const withExpectedDepth =
  (window: ScoreWindow, kernel: Kernel) =>
  (participants: DataFrame<typeof WeightedParticipant>): DataFrame<typeof SpreadParticipant> =>
    participants
      .withColumns((c) => ({ is_event: isEvent(c), is_event_in_window: isEventInWindow(c, window) }))
      .withColumns((c) => {
        const isOpen = c.is_event.and(c.parent_order.isNull())
        const itself = when(c.is_event_in_window, lit(1n)).otherwise(NONE)
        return { is_open: isOpen, carried: when(isOpen, itself.plus(c.known_downstream)).otherwise(NONE) }
      })
      .withColumns((c) => ({
        share: c.weight.dividedBy(c.total_weight),
        root_share: c.root_weight.dividedBy(c.total_weight),
        known: count(when(c.is_event, c.followers)).over(wholeCascade(c)),
        events: countIf(c.is_event).over(wholeCascade(c)),
        carried_by_all: sum(c.carried).over(wholeCascade(c)),
        carried_so_far: sum(c.carried).over(soFar(c)),
        is_next_drawn: lead(c.is_open.and(c.is_event_in_window)).over(cascadeOrder(c)),
      }))
      .withColumns((c) => ({
        // What one unit of weight draws of the next event.
        drawn_by_unit: when(c.is_next_drawn, ONE.dividedBy(c.total_weight)),
        method_rank: coalesce(c.known_method, rankWithoutParents(c)),
      }))
      .withColumns((c) => measures(c, kernel))
      .drop(...SCRATCH)

interface Counted {
  readonly known: Column<typeof t.long>
  readonly events: Column<typeof t.long>
}

const rankWithoutParents = ({ known, events }: Counted): Column<typeof t.integer> =>
  when(known.geq(events.times(KNOWN_FOLLOWERS_SHARE)), rankOfMethod('expected')).otherwise(
    rankOfMethod('none'),
  )

type Drawing = ColumnsOf<
  typeof WeightedParticipant & {
    is_event: typeof t.boolean
    method_rank: typeof t.integer
    share: typeof t.double.nullable
    root_share: typeof t.double.nullable
    carried_by_all: typeof t.long.nullable
    carried_so_far: typeof t.long.nullable
    drawn_by_unit: typeof t.double.nullable
  }
>

const measures = (c: Drawing, kernel: Kernel) => {
  const hasDepth = c.is_event.and(c.method_rank.lt(rankOfMethod('none')))
  const ifKnown = (value: Column<typeof t.double.nullable>) => when(hasDepth, value)
  const isDrawn = c.parent_order.isNull()
  const drawnDepth = coalesce(sum(c.share).over(earlier(c)), ZERO).plus(1)
  const drawnNonPrimary = ONE.minus(coalesce(lag(c.root_share).over(cascadeOrder(c)), ONE))
  const drawnByUnit = kernel.epoch ? drawnByUnitInEpochs(c) : drawnByUnitFromHere(c)
  return {
    expected_depth: ifKnown(when(isDrawn, drawnDepth).otherwise(c.known_hops.cast(t.double))),
    non_primary: ifKnown(
      when(isDrawn, drawnNonPrimary).otherwise(when(c.parent_order.eq(0), ZERO).otherwise(ONE)),
    ),
    expected_downstream: ifKnown(
      c.share.times(c.carried_by_all.minus(c.carried_so_far)).plus(c.known_downstream),
    ),
    expected_children: ifKnown(c.weight.times(drawnByUnit).plus(c.known_children)),
  }
}

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
