import type { DataFrame } from 'spark-connect-js'
import { coalesce, when } from 'spark-connect-js/functions'
import type { SpreadParticipant } from '../../schema/cascade.ts'

/**
 * Completes the depth of participants whose chain of known parents does not reach the root: the expected depth of the
 * participant where it ends, and the steps from there.
 */
export const withAnchorDepth =
  () =>
  (participants: DataFrame<typeof SpreadParticipant>): DataFrame<typeof SpreadParticipant> => {
    const anchors = participants
      .filter((c) => c.is_event.and(c.parent_order.isNull()))
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        anchor_order: c.order,
        anchor_depth: c.expected_depth,
      }))
    return participants
      .join(anchors, { on: ['term', 'root_id', 'anchor_order'], how: 'left' })
      .withColumns((c) => ({
        expected_depth: coalesce(
          when(c.parent_order.isNotNull(), c.anchor_depth.plus(c.known_hops)),
          c.expected_depth,
        ),
      }))
      .drop('anchor_depth')
  }
