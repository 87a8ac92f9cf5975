import type { DataFrame } from 'spark-connect-js'
import { coalesce, countDistinct } from 'spark-connect-js/functions'
import type { CascadeReach } from '../../schema/cascade.ts'
import type { Observation } from '../../schema/observation.ts'

/** Takes the users who were seen to like a root as its favourites, where the platform gives no counter. */
export const withCountedLikes =
  (observations: DataFrame<typeof Observation>) =>
  (cascades: DataFrame<typeof CascadeReach>): DataFrame<typeof CascadeReach> => {
    const likes = observations
      .filter((c) => c.kind.eq('like'))
      .dropna('term', 'root_id')
      .groupBy('term', 'root_id')
      .agg((c) => ({ likes: countDistinct(c.author_id) }))
    return cascades
      .join(likes, { on: ['term', 'root_id'], how: 'left' })
      .withColumns((c) => ({ favourites: coalesce(c.favourites, c.likes) }))
      .drop('likes')
  }
