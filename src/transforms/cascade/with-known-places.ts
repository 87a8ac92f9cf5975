import type { DataFrame } from 'spark-connect-js'
import { coalesce, lit } from 'spark-connect-js/functions'
import type { Participant } from '../../schema/cascade.ts'
import type { ParentChain } from '../../schema/parent.ts'

const NOTHING_KNOWN = [
  'parent_order',
  'anchor_order',
  'known_hops',
  'known_children',
  'known_downstream',
  'known_method',
] as const

const NONE = lit(0n)

/** Puts participants where their chains of known parents lead, once those have been followed to their ends. */
export const withKnownPlaces =
  (chains: DataFrame<typeof ParentChain>) =>
  (participants: DataFrame<typeof Participant>): DataFrame<typeof Participant> =>
    participants
      .drop(...NOTHING_KNOWN)
      .join(chains.drop('is_event_in_window', 'next_order'), {
        on: ['term', 'root_id', 'order'],
        how: 'left',
      })
      .withColumns((c) => ({
        known_children: coalesce(c.known_children, NONE),
        known_downstream: coalesce(c.known_downstream, NONE),
      }))
