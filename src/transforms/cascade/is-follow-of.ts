import type { ColumnsOf } from 'spark-connect-js'
import type { Participant } from '../../schema/cascade.ts'
import type { Follow } from '../../schema/parent.ts'

type Event = Pick<ColumnsOf<typeof Participant>, 'root_id' | 'user_key'>

/** Whether it is the event's author who follows, and the list says so of all cascades or of the event's. */
export const isFollowOf = (event: Event, follow: ColumnsOf<typeof Follow>) =>
  event.user_key.eq(follow.follower_id).and(follow.of_root.isNull().or(follow.of_root.eq(event.root_id)))
