import { Window, type DataFrame } from 'spark-connect-js'
import { lit, rowNumber, sum } from 'spark-connect-js/functions'
import type { InfluenceEdge, NetworkUser } from '../../schema/influence-edge.ts'

/** Everybody at an end of an edge, numbered by how often they were retweeted over these edges, equals by id. */
export const toUsers =
  () =>
  (edges: DataFrame<typeof InfluenceEdge>): DataFrame<typeof NetworkUser> =>
    edges
      .select((c) => ({ term: c.term, user_id: c.author_id, retweets: c.retweets }))
      .union(edges.select((c) => ({ term: c.term, user_id: c.amplifier_id, retweets: lit(0n) })))
      .groupBy('term', 'user_id')
      .agg((c) => ({ retweets: sum(c.retweets) }))
      .select((c) => ({
        term: c.term,
        user_id: c.user_id,
        number: rowNumber().over(Window.orderBy(c.retweets.desc(), c.term, c.user_id)),
      }))
