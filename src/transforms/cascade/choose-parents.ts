import { Window, type DataFrame } from 'spark-connect-js'
import { coalesce, count, when } from 'spark-connect-js/functions'
import type { Participant } from '../../schema/cascade.ts'
import type { LinkedParticipant, ParentLink } from '../../schema/parent.ts'
import type { ScoreWindow } from '../window.ts'
import { rankOfMethod } from './depth-method.ts'
import { isEvent, isEventInWindow } from './spreading.ts'

interface Links {
  readonly window: ScoreWindow
  readonly named: DataFrame<typeof ParentLink>
  readonly followed: DataFrame<typeof ParentLink>
}

/**
 * The parent of each participant, by the best that is known: as named, else as followed. A cascade is explicit if all
 * of its events name theirs, and known by follows if a list speaks of it; of other cascades, those with some parent
 * named are kept, and what is not known stays open.
 */
export const chooseParents =
  ({ window, named, followed }: Links) =>
  (participants: DataFrame<typeof Participant>): DataFrame<typeof LinkedParticipant> => {
    const key = ['term', 'root_id', 'order'] as const
    return participants
      .filter(isEvent)
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        order: c.order,
        is_event_in_window: isEventInWindow(c, window),
      }))
      .join(named.withColumnRenamed('parent_order', 'named_order'), { on: key, how: 'left' })
      .join(followed.withColumnRenamed('parent_order', 'followed_order'), { on: key, how: 'left' })
      .withColumns((c) => {
        const cascade = Window.partitionBy(c.root_id, c.term)
        return {
          parent_order: coalesce(c.named_order, c.followed_order),
          named: count(c.named_order).over(cascade),
          followed: count(c.followed_order).over(cascade),
          events: count().over(cascade),
        }
      })
      .filter((c) => c.named.plus(c.followed).gt(0n))
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        order: c.order,
        is_event_in_window: c.is_event_in_window,
        parent_order: c.parent_order,
        known_method: when(c.named.eq(c.events), rankOfMethod('explicit')).when(
          c.followed.eq(c.events),
          rankOfMethod('follows'),
        ),
      }))
  }
