import { t, type DataFrame } from 'spark-connect-js'
import { lit, nullOf, when } from 'spark-connect-js/functions'
import type { LinkedParticipant, ParentChain } from '../../schema/parent.ts'

const [ROOT, ONE_STEP, NO_STEP] = [lit(0, t.integer), lit(1, t.integer), lit(0, t.integer)]

/** The first step of every participant's way back: to the parent, if one is known; the root ends it. */
export const toParentChains =
  () =>
  (participants: DataFrame<typeof LinkedParticipant>): DataFrame<typeof ParentChain> =>
    participants.select((c) => ({
      term: c.term,
      root_id: c.root_id,
      order: c.order,
      is_event_in_window: c.is_event_in_window,
      parent_order: c.parent_order,
      known_method: c.known_method,
      next_order: when(c.parent_order.gt(0), c.parent_order),
      anchor_order: when(c.parent_order.isNull(), c.order).when(c.parent_order.eq(0), ROOT),
      known_hops: when(c.parent_order.isNull(), NO_STEP).otherwise(ONE_STEP),
      known_children: nullOf(t.long),
      known_downstream: lit(0n),
    }))
