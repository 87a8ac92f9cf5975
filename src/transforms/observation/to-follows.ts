import { t, type DataFrame } from 'spark-connect-js'
import { nullOf } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { Follow } from '../../schema/parent.ts'

/** Who was seen to begin to follow whom. */
export const toFollows =
  () =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof Follow> =>
    observations
      .filter((c) => c.kind.eq('follow'))
      .select((c) => ({
        of_root: nullOf(t.string),
        follower_id: c.author_id,
        followee_id: c.parent_author_id,
      }))
      .dropna('follower_id', 'followee_id')
