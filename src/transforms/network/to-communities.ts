import { Window, type DataFrame } from 'spark-connect-js'
import { min } from 'spark-connect-js/functions'
import type { Community, Label, NetworkUser } from '../../schema/influence-edge.ts'

/** The users of one label are a community, which goes by the id of the one with the smallest number. */
export const toCommunities =
  (users: DataFrame<typeof NetworkUser>) =>
  (labels: DataFrame<typeof Label>): DataFrame<typeof Community> =>
    labels
      .select((c) => ({ user: c.user, number: min(c.user).over(Window.partitionBy(c.label)) }))
      .join(users.select('number', 'user_id'), { on: 'number', how: 'inner' })
      .select((c) => ({ user: c.user, community: c.user_id }))
