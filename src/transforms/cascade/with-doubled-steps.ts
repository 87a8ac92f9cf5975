import { Window, t, type ColumnsOf, type DataFrame } from 'spark-connect-js'
import { array, coalesce, explode, first, lit, max, sum, when } from 'spark-connect-js/functions'
import type { ParentChain } from '../../schema/parent.ts'

/**
 * Doubles how far each participant's way back has been followed (pointer doubling, Wyllie 1979): everybody takes over
 * the way of the participant where theirs has come to, who in turn counts the events that reached them. After the
 * round n, ways of up to 2^n steps are complete.
 *
 * One exchange of messages instead of a join with itself: the plan grows by a constant, not twofold, and the rows of
 * a cascade stay where they are.
 */
export const withDoubledSteps =
  () =>
  (chains: DataFrame<typeof ParentChain>): DataFrame<typeof ParentChain> =>
    chains
      // Each participant stands at their own place, and where they have come to.
      .withColumns((c) => ({ place: explode(array(c.order, c.next_order)) }))
      .filter((c) => c.place.isNotNull())
      .withColumns(meeting)
      .groupBy('term', 'root_id', 'order')
      .agg((c) => ({
        is_event_in_window: max(c.is_event_in_window),
        parent_order: max(c.parent_order),
        known_method: max(c.known_method),
        next_order: max(c.next_order),
        anchor_order: max(c.anchor_order),
        known_hops: max(c.known_hops),
        known_children: max(c.known_children),
        known_downstream: max(c.known_downstream),
      }))

const NONE = lit(0n)

type Standing = typeof ParentChain & { readonly place: typeof t.integer.nullable }

const meeting = (c: ColumnsOf<Standing>) => {
  const here = Window.partitionBy(c.root_id, c.term, c.place)
  const everybody = here.orderBy(c.order).rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
  // Who is at home comes first: steps lead to what is earlier.
  const isHome = c.order.eq(c.place)
  const itself = when(c.is_event_in_window, lit(1n)).otherwise(NONE)
  const arriving = coalesce(
    sum(when(isHome.eq(false), c.known_downstream.plus(itself))).over(everybody),
    NONE,
  )
  return {
    next_order: when(isHome.eq(false), first(c.next_order).over(everybody)),
    anchor_order: when(isHome, c.anchor_order).otherwise(first(c.anchor_order).over(everybody)),
    known_hops: when(isHome, c.known_hops).otherwise(c.known_hops.plus(first(c.known_hops).over(everybody))),
    // Those who arrive in the first round have taken one step.
    known_children: when(isHome, coalesce(c.known_children, arriving)),
    known_downstream: when(isHome, c.known_downstream.plus(arriving)),
  }
}
