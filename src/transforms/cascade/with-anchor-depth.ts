import { Window, type DataFrame } from 'spark-connect-js'
import { first, when } from 'spark-connect-js/functions'
import type { SpreadParticipant } from '../../schema/cascade.ts'

/**
 * Completes the depth of participants whose chain of known parents does not reach the root: the expected depth of the
 * participant where it ends, and the steps from there.
 */
export const withAnchorDepth =
  () =>
  (participants: DataFrame<typeof SpreadParticipant>): DataFrame<typeof SpreadParticipant> =>
    participants.withColumns((c) => {
      // All whose chains end at one participant, who comes first.
      const sameAnchor = Window.partitionBy(c.root_id, c.term, c.anchor_order)
        .orderBy(c.order)
        .rowsBetween(Window.unboundedPreceding, Window.currentRow)
      const isBelow = c.parent_order.isNotNull().and(c.anchor_order.gt(0))
      return {
        expected_depth: when(isBelow, first(c.expected_depth).over(sameAnchor).plus(c.known_hops)).otherwise(
          c.expected_depth,
        ),
      }
    })
